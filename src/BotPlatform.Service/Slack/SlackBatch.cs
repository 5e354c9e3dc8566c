using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>The events of one transaction, with what is known of the interviews they may belong to.</summary>
internal sealed class SlackBatch
{
    /// <summary>Messages that one interview takes in a minute; nobody types so many.</summary>
    public const int MostInAMinute = 60;

    private const long SaidOnceIn = 10;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // An outage of Slack's may keep an interview's first post back for long; whoever answers it is waited for.
    private static readonly TimeSpan ForTheThread = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _now;
    private readonly IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> _threads;
    private readonly Dictionary<(Guid Workspace, string Key), Guid> _known;
    private readonly Dictionary<Guid, List<DateTimeOffset>> _received;
    private readonly Dictionary<string, string> _edits = new(StringComparer.Ordinal);
    private readonly HashSet<SessionKey> _touched = [];
    private readonly HashSet<(Guid Workspace, Saying What, Guid? Session, string About)> _said = [];
    private readonly HashSet<(Guid Workspace, string User)> _soon = [];

    private SlackBatch(
        SlackWork work,
        DateTimeOffset now,
        IReadOnlyList<SlackEvent> events,
        IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> threads,
        IReadOnlyDictionary<(Guid Workspace, string Key), Guid> known,
        ILookup<Guid, DateTimeOffset> received)
    {
        (Work, _now, Events, _threads) = (work, now, events, threads);
        (_known, _received) = (new(known), received.ToDictionary(r => r.Key, r => r.ToList()));
    }

    /// <summary>Interviews that something was put into.</summary>
    public IReadOnlyCollection<SessionKey> Touched => _touched;

    public int Inputs { get; private set; }

    /// <summary>What each of its deliveries says.</summary>
    public IReadOnlyList<SlackEvent> Events { get; }

    public SlackWork Work { get; }

    public static async Task<SlackBatch> ReadAsync(SlackWork work, DateTimeOffset now)
    {
        var events = work.Due.Select(d => SlackEvent.Read(d.Body, d.BotUserId)).ToArray();
        var places = work.Due.Zip(events, (d, e) => (d.WorkspaceId, Place: PlaceOf(e))).Where(p => p.Place is not null).ToArray();
        var threads = await work.ThreadsAsync(
            [.. places.Where(p => p.Place!.Thread is not null).Select(p => (p.WorkspaceId, p.Place!.Channel, p.Place.Thread!)).Distinct()]);
        var known = await work.MessagesAsync([.. places.Select(p => (p.WorkspaceId, p.Place!.Key)).Distinct()]);
        var received = await work.ReceivedAsync([.. threads.Values.Select(t => t.Key)], work.Due.Min(At) - Minute);
        return new SlackBatch(work, now, events, threads, known, received);
    }

    /// <summary>The interview of a thread, and whether it will be known soon.</summary>
    public async Task<(SlackThread? Thread, bool Soon)> ThreadAsync(SlackDelivery delivery, SlackPlace place)
    {
        if (place.Thread is null)
            return (null, false);
        if (_threads.TryGetValue((delivery.WorkspaceId, place.Channel, place.Thread), out var thread))
            return (thread, false);
        // Slack shows a first post before it has told us where it stands; whoever answers that fast is waited for. It may
        // have become known since the threads were read.
        var open = _soon.Contains((delivery.WorkspaceId, place.User)) ? null : await Work.OpenOfAsync(delivery.WorkspaceId, place.User);
        if (_now - At(delivery) < ForTheThread && (_soon.Contains((delivery.WorkspaceId, place.User)) || open is { Thread: null }))
        {
            // Nothing of theirs overtakes it, should the thread become known in this moment.
            _soon.Add((delivery.WorkspaceId, place.User));
            return (null, true);
        }

        return open?.Thread is null
            ? (null, false)
            : (open.Channel == place.Channel && open.Thread == place.Thread ? open : null, false);
    }

    /// <summary>Whether a newer edit of the same message has come already. Slack's times sort as text.</summary>
    public async Task<bool> IsOldAsync(SessionKey key, SlackEvent.Edited edited)
    {
        var prefix = $"edit:{edited.Place.Key}:";
        if (!_edits.TryGetValue(prefix, out var newest))
        {
            newest = (await Work.EditsAsync(key)).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]).Max(StringComparer.Ordinal) ?? "";
        }

        var old = string.CompareOrdinal(edited.EditedTs, newest) < 0;
        _edits[prefix] = old ? newest : edited.EditedTs;
        return old;
    }

    /// <summary>The interview that a message went to; null when none had it.</summary>
    public SessionKey? SessionOf(Guid workspace, SlackPlace place) =>
        _known.TryGetValue((workspace, place.Key), out var session) ? new SessionKey(workspace, session) : null;

    public void Accept(SlackDelivery delivery, SlackThread thread, InboxItem item) => Accept(delivery, thread.Key, thread.UserId, item);

    public void Accept(SlackDelivery delivery, SessionKey key, string user, InboxItem item)
    {
        Work.Accept(new SlackInput(key, new SlackOwner(delivery.TeamId, user).Hash, item));
        _touched.Add(key);
        if (item.MessageKey is { } message)
            _known[(delivery.WorkspaceId, message)] = key.Session;
        Inputs++;
    }

    public void Say(SlackDelivery delivery, SayPost say, Guid? session, string about)
    {
        if (_said.Add((delivery.WorkspaceId, say.What, session, about)))
            Work.Post(delivery.WorkspaceId, say.As(delivery.WorkspaceId, session, about), _now);
    }

    /// <summary>
    /// Counts one more input; false when that is too many for the minute before it was received. What has waited for us
    /// counts in the minute in which it came.
    /// </summary>
    public async Task<bool> CountAsync(SessionKey key, SlackDelivery delivery)
    {
        var at = At(delivery);
        if (!_received.TryGetValue(key.Session, out var received))
            _received[key.Session] = received = [.. (await Work.ReceivedAsync([key], at - Minute))[key.Session]];
        var count = received.Count(r => r > at - Minute && r <= at);
        received.Add(at);
        return count < MostInAMinute;
    }

    /// <summary>A post of now.</summary>
    public void Post(Guid workspace, NewSlackPost post) => Work.Post(workspace, post, _now);

    // The same is not said again and again, however fast somebody writes.
    public static string Lately(SlackDelivery delivery, string place) => $"{place}:{At(delivery).ToUnixTimeSeconds() / SaidOnceIn}";

    public static DateTimeOffset At(SlackDelivery delivery) => new(delivery.ReceivedAt);

    private static SlackPlace? PlaceOf(SlackEvent happened) => happened switch
    {
        SlackEvent.Message e => e.Place,
        SlackEvent.Edited e => e.Place,
        SlackEvent.Deleted e => e.Place,
        _ => null,
    };
}
