using System.Buffers.Binary;
using System.Security.Cryptography;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>A decision in the making: each event is applied at once, so that what follows sees it.</summary>
internal sealed class Draft(Session session, DateTimeOffset now, DateTimeOffset? handledAt)
{
    private readonly List<SessionEvent> _events = [];
    private readonly List<Effect> _effects = [];

    public Session Session { get; private set; } = session;

    /// <summary>Never below the last event's time, whatever the clock says.</summary>
    public DateTimeOffset Now { get; } = now > session.LastAt ? now : session.LastAt;

    /// <summary>When the interviewer's words leave, if later than <see cref="Now"/>.</summary>
    public DateTimeOffset? ShownAt { get; } = handledAt > now && handledAt > session.LastAt ? handledAt : null;

    public bool HasEvents => _events.Count > 0;

    public void Add(SessionEvent happened)
    {
        Session = Fold.Apply(Session, happened);
        _events.Add(happened);
    }

    public void Ask(string text)
    {
        Say(TurnKind.Question, text);
        Timer(TimerKind.Idle, Session.Settings.IdleAfter, from: ShownAt);
    }

    public void Tell(string text) => Say(TurnKind.Notice, text);

    public void Take(string key, string text) => Add(new SessionEvent.Said(
        Now, Session.Turns.Count + 1, Speaker.Candidate, Session.Step, TurnKind.Answer, NewText(text), key));

    public void Timer(TimerKind kind, TimeSpan after, DateTimeOffset? from = null)
    {
        var due = (from ?? Now) + after;
        Add(new SessionEvent.TimerSet(Now, kind, due));
        _effects.Add(new Effect.SetTimer(kind, due, Session.Version));
    }

    public void Need(Effect effect) => _effects.Add(effect);

    public Decision Done() => _events.Count == 0 ? Decision.Nothing : new Decision([.. _events], [.. _effects]);

    /// <summary>Text with an id derived from the session and the event it belongs to, so that deciding again gives the same.</summary>
    /// <param name="ordinal">Which text of the event; 0 where it has one only.</param>
    public TurnText NewText(string value, int ordinal = 0)
    {
        Span<byte> seed = stackalloc byte[24];
        Session.Id.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], Session.Version + 1);
        BinaryPrimitives.WriteInt32BigEndian(seed[20..], ordinal);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(ordinal == 0 ? seed[..20] : seed, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new TurnText(new Guid(hash[..16], bigEndian: true), value);
    }

    private void Say(TurnKind kind, string text)
    {
        Add(new SessionEvent.Said(
            Now, Session.Turns.Count + 1, Speaker.Interviewer, Session.Step, kind, NewText(text), Key: null, ShownAt));
        _effects.Add(new Effect.Post(Session.Turns.Count));
    }
}
