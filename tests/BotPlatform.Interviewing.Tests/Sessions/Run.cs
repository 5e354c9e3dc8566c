using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Inputs played one after the other, with everything that came of each.</summary>
internal sealed class Run
{
    /// <summary>Stands for the number of the latest timer of a kind or of what a model was asked, which is only known while a session runs.</summary>
    public const int Latest = -1;

    private readonly List<(Session Before, Input Input, DateTimeOffset At, Decision Decision)> _steps = [];
    private readonly HashSet<int> _fired = [];
    private DateTimeOffset _now = Story.Start;

    public Run(IEnumerable<Timed> inputs, byte id = 1)
    {
        Session = Nothing(id);
        foreach (var (input, seconds) in inputs)
            Handle(input, seconds);
    }

    public Session Session { get; private set; }

    public IReadOnlyList<(Session Before, Input Input, DateTimeOffset At, Decision Decision)> Steps => _steps;

    public List<SessionEvent> Events => [.. _steps.SelectMany(s => s.Decision.Events)];

    public static Session Nothing(byte id) => Session.Empty(new Guid(id, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), [BirdSongs.Book, BirdSongs.DistressCalls]);

    public static Session One(Session session, Input input, DateTimeOffset at) =>
        Interview.Apply(session, Interview.Decide(session, Actual(session, input), at).Events);

    public void Handle(Input input, double seconds)
    {
        input = Actual(Session, input);
        if (input is Input.TimerDue due && Session.Timers.GetValueOrDefault(due.Kind) == due.EventNumber)
            _fired.Add(due.EventNumber);
        _now = _now.AddSeconds(seconds);
        var decision = Interview.Decide(Session, input, _now);
        _steps.Add((Session, input, _now, decision));
        Session = Interview.Apply(Session, decision.Events);
    }

    private static Input Actual(Session session, Input input) => input switch
    {
        Input.TimerDue { EventNumber: Latest } due => due with { EventNumber = session.Timers.GetValueOrDefault(due.Kind) },
        Input.WordingReceived { AskedAt: Latest } wording => wording with { AskedAt = session.WordingAskedAt },
        Input.GradeReceived { AskedAt: Latest } grade => grade with { AskedAt = session.GradeAskedAt },
        _ => input,
    };

    /// <summary>The pending timers fall due, the earliest first.</summary>
    public void FireTimers(TimerKind? only = null)
    {
        var events = Events;
        foreach (var (kind, number) in Session.Timers.OrderBy(t => ((SessionEvent.TimerSet)events[t.Value - 1]).Due))
        {
            if ((only is not null && only != kind) || _fired.Contains(number))
                continue;
            var due = ((SessionEvent.TimerSet)events[number - 1]).Due;
            _now = due > _now ? due : _now;
            Handle(new Input.TimerDue(kind, number) { Findings = [] }, 0);
        }
    }
}
