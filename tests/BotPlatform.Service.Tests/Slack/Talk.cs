using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>An interview on the smallest content, played without a database.</summary>
internal sealed class Talk
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid Id = new("0198c0de-0000-7000-8000-00000000abcd");
    public static readonly ContentLoad Content = ContentFolder.Load(SmallContent.Folder);

    private static readonly SessionSettings AtOnce = SessionSettings.Default with { QuietPeriod = TimeSpan.Zero };
    private int _messages;

    private Talk(Session session) => Session = session;

    public Session Session { get; private set; }

    public DateTimeOffset Now { get; private set; } = Start;

    public SessionTurn Last => Session.Turns.FindLast(t => t.Turn.Speaker == Speaker.Interviewer)!;

    public static Problem Problem(string slug) => Content.Problems.First(p => p.Slug == slug);

    public static Talk Begin(
        string problem = SmallContent.Problem, Level level = Level.Senior, SessionMode mode = SessionMode.Practice, SessionSettings? settings = null)
    {
        var books = Content.Problems.Select(p => RuleBook.Compile(Content.Rubrics[^1], p));
        return new Talk(Session.Empty(Id, books)).Do(new Input.Started(Problem(problem).Hash, level, mode, settings ?? AtOnce));
    }

    public Talk Do(Input input)
    {
        Now = Now.AddMinutes(1);
        Session = Interview.Apply(Session, Interview.Decide(Session, input, Now).Events);
        return this;
    }

    public Talk Say(string text) => Do(new Input.MessageReceived($"m{++_messages}", text));

    public Talk Skip(int steps)
    {
        for (var s = 0; s < steps; s++)
            Do(new Input.Skip());
        return this;
    }
}
