using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>What becomes of the events of one transaction.</summary>
internal sealed class SlackRouting
{
    /// <summary>Messages that one interview takes in a minute; nobody types so many.</summary>
    public const int MostInAMinute = 60;

    private const long SaidOnceIn = 10;
    private const int LongestName = 300;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForTheThread = TimeSpan.FromSeconds(30);

    private readonly SlackWork _work;
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyList<SlackEvent> _events;
    private readonly IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> _threads;
    private readonly Dictionary<(Guid Workspace, string Key), Guid> _known;
    private readonly Dictionary<Guid, List<DateTimeOffset>> _received;
    private readonly Dictionary<string, string> _edits = new(StringComparer.Ordinal);
    private readonly HashSet<SessionKey> _touched = [];

    private SlackRouting(
        SlackWork work,
        DateTimeOffset now,
        IReadOnlyList<SlackEvent> events,
        IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> threads,
        IReadOnlyDictionary<(Guid Workspace, string Key), Guid> known,
        ILookup<Guid, DateTimeOffset> received)
    {
        (_work, _now, _events, _threads) = (work, now, events, threads);
        (_known, _received) = (new(known), received.ToDictionary(r => r.Key, r => r.ToList()));
    }

    /// <summary>Interviews that something was put into.</summary>
    public IReadOnlyCollection<SessionKey> Touched => _touched;

    public int Inputs { get; private set; }

    public bool TeamsChanged { get; private set; }

    public static async Task<SlackRouting> ReadAsync(SlackWork work, DateTimeOffset now)
    {
        var events = work.Due.Select(d => SlackEvent.Read(d.Body, d.BotUserId)).ToArray();
        var places = work.Due.Zip(events, (d, e) => (d.WorkspaceId, Place: PlaceOf(e))).Where(p => p.Place is not null).ToArray();
        var threads = await work.ThreadsAsync(
            [.. places.Where(p => p.Place!.Thread is not null).Select(p => (p.WorkspaceId, p.Place!.Channel, p.Place.Thread!)).Distinct()]);
        var known = await work.MessagesAsync([.. places.Select(p => (p.WorkspaceId, p.Place!.Key)).Distinct()]);
        var received = await work.ReceivedAsync([.. threads.Values.Select(t => t.Key)], work.Due.Min(At) - Minute);
        return new SlackRouting(work, now, events, threads, known, received);
    }

    /// <param name="index">Of the delivery in its transaction.</param>
    /// <returns>False when it has to wait, in its place.</returns>
    public async Task<bool> RouteAsync(int index)
    {
        var delivery = _work.Due[index];
        switch (await PlaceAsync(delivery, _events[index]))
        {
            case Settled.NotYet:
                return false;
            case Settled.TooFast:
                _work.Refused(delivery, "too fast");
                return true;
            default:
                _work.Done(delivery);
                return true;
        }
    }

    private async Task<Settled> PlaceAsync(SlackDelivery delivery, SlackEvent happened)
    {
        switch (happened)
        {
            case SlackEvent.Message { Place.Thread: null } message:
                return await BesideAsync(delivery, message);
            case SlackEvent.Message message:
                return await InThreadAsync(delivery, message);
            case SlackEvent.Edited edited:
                return await ChangeAsync(delivery, edited.Place, $"edit:{edited.Place.Key}:{edited.EditedTs}", new Input.MessageEdited(edited.Place.Key, edited.Text), edited);
            case SlackEvent.Deleted deleted:
                return await ChangeAsync(delivery, deleted.Place, $"delete:{deleted.Place.Key}", new Input.MessageDeleted(deleted.Place.Key), edited: null);
            case SlackEvent.Mentioned mentioned when !mentioned.Place.Channel.StartsWith('D'):
                Say(delivery, new SayPost(Saying.Start, mentioned.Place.Channel, mentioned.Place.Thread, mentioned.Place.User, Only: true), null, Lately(delivery, $"{mentioned.Place.Channel}:{mentioned.Place.User}"));
                return Settled.Done;
            case SlackEvent.HomeOpened home:
                _work.Post(delivery.WorkspaceId, NewSlackPost.HomeOf(delivery.WorkspaceId, home.User), _now);
                return Settled.Done;
            case SlackEvent.Removed removed:
                await _work.RemoveAsync(delivery.TeamId, removed.At ?? At(delivery), _now);
                TeamsChanged = true;
                return Settled.Done;
            default:
                return Settled.Done;
        }
    }

    private static SlackPlace? PlaceOf(SlackEvent happened) => happened switch
    {
        SlackEvent.Message e => e.Place,
        SlackEvent.Edited e => e.Place,
        SlackEvent.Deleted e => e.Place,
        _ => null,
    };

    /// <summary>Something in a direct message, outside of any interview's thread.</summary>
    private async Task<Settled> BesideAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        var open = await _work.OpenOfAsync(delivery.WorkspaceId, place.User);
        if (open is not null && ChatWords.CommandIn(message.Text) is { } command)
        {
            var slow = !await CountAsync(open.Key, delivery);
            if (!slow)
                Accept(delivery, open, new InboxItem("message:" + place.Key, place.Key, command, At(delivery)));
            Say(delivery, new SayPost(slow ? Saying.SlowDown : Saying.Taken, place.Channel, null, place.User), null, Lately(delivery, place.Channel));
            return slow ? Settled.TooFast : Settled.Done;
        }

        var what = SlackWords.Parse(message.Text) is { } word ? Of(word) : open is null ? Saying.Help : Saying.Elsewhere;
        Say(delivery, new SayPost(what, place.Channel, null, place.User), null, Lately(delivery, place.Channel));
        return Settled.Done;
    }

    private async Task<Settled> InThreadAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        var (thread, soon) = await ThreadAsync(delivery, place);
        if (soon)
            return Settled.NotYet;
        if (thread is null)
        {
            Say(delivery, new SayPost(Saying.NoInterview, place.Channel, place.Thread, place.User), null, Lately(delivery, $"{place.Channel}:{place.Thread}"));
            return Settled.Done;
        }

        if (thread.UserId != place.User)
            return Settled.Done;
        var consent = thread.State == "awaiting_consent";
        if (SlackWords.Parse(message.Text) is { } word && !(word == SlackWord.Start && consent))
        {
            Say(delivery, new SayPost(Of(word), place.Channel, place.Thread, place.User), thread.SessionId, Lately(delivery, place.Channel));
            return Settled.Done;
        }

        if (!await CountAsync(thread.Key, delivery))
        {
            Say(delivery, new SayPost(Saying.SlowDown, place.Channel, place.Thread, place.User), thread.SessionId, Lately(delivery, place.Channel));
            return Settled.TooFast;
        }

        Take(delivery, message, thread);
        return Settled.Done;
    }

    /// <summary>The interview of a thread, and whether it will be known soon.</summary>
    private async Task<(SlackThread? Thread, bool Soon)> ThreadAsync(SlackDelivery delivery, SlackPlace place)
    {
        if (place.Thread is null)
            return (null, false);
        if (_threads.TryGetValue((delivery.WorkspaceId, place.Channel, place.Thread), out var thread))
            return (thread, false);
        // Slack shows a first post before it has told us where it stands; whoever answers that fast is waited for. It may
        // have become known since the threads were read.
        var open = await _work.OpenOfAsync(delivery.WorkspaceId, place.User);
        return open?.Thread is null
            ? (null, open is not null && _now - At(delivery) < ForTheThread)
            : (open.Channel == place.Channel && open.Thread == place.Thread ? open : null, false);
    }

    private void Take(SlackDelivery delivery, SlackEvent.Message message, SlackThread thread)
    {
        var place = message.Place;
        if (!message.Files.IsEmpty)
        {
            for (var i = 0; i < message.Files.Length; i++)
            {
                var file = message.Files[i];
                _work.Attach(thread.Key, place.Key, i, Storable(file.Name), Storable(file.MediaType), file.Bytes, Storable(file.Id), At(delivery));
            }

            Say(delivery, new SayPost(Saying.Files, place.Channel, place.Thread, place.User), thread.SessionId, Lately(delivery, place.Channel));
        }

        if (!string.IsNullOrWhiteSpace(message.Text))
            Accept(delivery, thread, new InboxItem("message:" + place.Key, place.Key, new Input.MessageReceived(place.Key, message.Text), At(delivery)));
    }

    /// <summary>
    /// A change of a message. One that comes before its message stands for it: the text as it is now, or that there is none,
    /// and the message itself changes nothing when it comes.
    /// </summary>
    /// <param name="edited">Null for a deletion.</param>
    private async Task<Settled> ChangeAsync(SlackDelivery delivery, SlackPlace place, string deliveryKey, Input change, SlackEvent.Edited? edited)
    {
        if (_known.TryGetValue((delivery.WorkspaceId, place.Key), out var session))
        {
            var key = new SessionKey(delivery.WorkspaceId, session);
            if (edited is not null && await IsOldAsync(key, edited))
                return Settled.Done;
            if (!await CountAsync(key, delivery))
                return Settled.TooFast;
            Accept(delivery, key, place.User, new InboxItem(deliveryKey, null, change, At(delivery)));
            return Settled.Done;
        }

        var (thread, soon) = await ThreadAsync(delivery, place);
        if (soon)
            return Settled.NotYet;
        if (thread is null || thread.UserId != place.User)
            return Settled.Done;
        if (edited is null)
            Accept(delivery, thread, new InboxItem(deliveryKey, place.Key, change, At(delivery)));
        else if (!string.IsNullOrWhiteSpace(edited.Text) && SlackWords.Parse(edited.Text) is null)
            Accept(delivery, thread, new InboxItem("message:" + place.Key, place.Key, new Input.MessageReceived(place.Key, edited.Text), At(delivery)));
        return Settled.Done;
    }

    /// <summary>Whether a newer edit of the same message has come already. Slack's times sort as text.</summary>
    private async Task<bool> IsOldAsync(SessionKey key, SlackEvent.Edited edited)
    {
        var prefix = $"edit:{edited.Place.Key}:";
        if (!_edits.TryGetValue(prefix, out var newest))
        {
            newest = (await _work.EditsAsync(key)).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]).Max(StringComparer.Ordinal) ?? "";
        }

        var old = string.CompareOrdinal(edited.EditedTs, newest) < 0;
        _edits[prefix] = old ? newest : edited.EditedTs;
        return old;
    }

    private void Accept(SlackDelivery delivery, SlackThread thread, InboxItem item) => Accept(delivery, thread.Key, thread.UserId, item);

    private void Accept(SlackDelivery delivery, SessionKey key, string user, InboxItem item)
    {
        _work.Accept(new SlackInput(key, new SlackOwner(delivery.TeamId, user).Hash, item));
        _touched.Add(key);
        if (item.MessageKey is { } message)
            _known[(delivery.WorkspaceId, message)] = key.Session;
        Inputs++;
    }

    private void Say(SlackDelivery delivery, SayPost say, Guid? session, string about) =>
        _work.Post(delivery.WorkspaceId, say.As(delivery.WorkspaceId, session, about), _now);

    /// <summary>
    /// Counts one more input; false when that is too many for the minute before it was received. What has waited for us
    /// counts in the minute in which it came.
    /// </summary>
    private async Task<bool> CountAsync(SessionKey key, SlackDelivery delivery)
    {
        var at = At(delivery);
        if (!_received.TryGetValue(key.Session, out var received))
            _received[key.Session] = received = [.. (await _work.ReceivedAsync([key], at - Minute))[key.Session]];
        var count = received.Count(r => r > at - Minute && r <= at);
        received.Add(at);
        return count < MostInAMinute;
    }

    // The same is not said again and again, however fast somebody writes.
    private static string Lately(SlackDelivery delivery, string place) => $"{place}:{At(delivery).ToUnixTimeSeconds() / SaidOnceIn}";

    private static DateTimeOffset At(SlackDelivery delivery) => new(delivery.ReceivedAt);

    private static string Storable(string text) => text.Length <= LongestName ? text : ReceivedText.Clean(text[..LongestName]);

    private static Saying Of(SlackWord word) => word switch
    {
        SlackWord.Status => Saying.Status,
        SlackWord.Results => Saying.Results,
        SlackWord.DeleteMyData => Saying.DeleteData,
        SlackWord.Start => Saying.Start,
        _ => Saying.Help,
    };

    private enum Settled
    {
        Done,

        /// <summary>Not taken, and its sender is told.</summary>
        TooFast,

        /// <summary>What it belongs to will be known in a moment.</summary>
        NotYet,
    }
}
