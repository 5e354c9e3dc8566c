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
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForTheThread = TimeSpan.FromSeconds(30);

    private readonly SlackWork _work;
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyList<SlackEvent> _events;
    private readonly IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> _threads;
    private readonly Dictionary<(Guid Workspace, string Key), Guid> _known;
    private readonly Dictionary<Guid, int> _counts;
    private readonly HashSet<SessionKey> _touched = [];

    private SlackRouting(
        SlackWork work,
        DateTimeOffset now,
        IReadOnlyList<SlackEvent> events,
        IReadOnlyDictionary<(Guid Workspace, string Channel, string Thread), SlackThread> threads,
        IReadOnlyDictionary<(Guid Workspace, string Key), Guid> known,
        IReadOnlyDictionary<Guid, int> counts)
    {
        (_work, _now, _events, _threads) = (work, now, events, threads);
        (_known, _counts) = (new(known), new(counts));
    }

    private enum Settled
    {
        Done,
        Refused,
        NotYet,
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
        var counts = await work.CountsAsync([.. threads.Values.Select(t => t.Key)], now - Minute);
        return new SlackRouting(work, now, events, threads, known, counts);
    }

    /// <summary>False when it has to wait.</summary>
    public async Task<bool> RouteAsync(SlackDelivery delivery)
    {
        switch (_events[Index(delivery)])
        {
            case SlackEvent.Message { Place.Thread: null } message:
                await BesideAsync(delivery, message);
                break;
            case SlackEvent.Message message:
                switch (await InThreadAsync(delivery, message))
                {
                    case Settled.NotYet:
                        return false;
                    case Settled.Refused:
                        _work.Refused(delivery, "too fast");
                        return true;
                }

                break;
            case SlackEvent.Edited edited:
                Change(delivery, edited.Place, $"edit:{edited.Place.Key}:{edited.EditedTs}", new Input.MessageEdited(edited.Place.Key, edited.Text), edited.Text);
                break;
            case SlackEvent.Deleted deleted:
                Change(delivery, deleted.Place, $"delete:{deleted.Place.Key}", new Input.MessageDeleted(deleted.Place.Key), text: null);
                break;
            case SlackEvent.Mentioned mentioned when !mentioned.Place.Channel.StartsWith('D'):
                Say(delivery, new SayPost(Saying.Start, mentioned.Place.Channel, mentioned.Place.Thread, mentioned.Place.User, Only: true), null, Lately(delivery, $"{mentioned.Place.Channel}:{mentioned.Place.User}"));
                break;
            case SlackEvent.HomeOpened home:
                _work.Post(delivery.WorkspaceId, NewSlackPost.HomeOf(delivery.WorkspaceId, home.User), _now);
                break;
            case SlackEvent.Removed removed:
                await _work.RemoveAsync(delivery.TeamId, removed.At ?? At(delivery), _now);
                TeamsChanged = true;
                break;
        }

        _work.Done(delivery);
        return true;
    }

    private static SlackPlace? PlaceOf(SlackEvent happened) => happened switch
    {
        SlackEvent.Message e => e.Place,
        SlackEvent.Edited e => e.Place,
        SlackEvent.Deleted e => e.Place,
        _ => null,
    };

    private int Index(SlackDelivery delivery)
    {
        for (var i = 0; i < _work.Due.Count; i++)
        {
            if (_work.Due[i].DeliveryId == delivery.DeliveryId)
                return i;
        }

        throw new ArgumentException("it is not one of this transaction's", nameof(delivery));
    }

    /// <summary>Something in a direct message, outside of any interview's thread.</summary>
    private async Task BesideAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        var open = await _work.OpenOfAsync(delivery.WorkspaceId, place.User);
        if (open is not null && ChatWords.CommandIn(message.Text) is { } command)
        {
            var slow = !await CountAsync(open.Key);
            if (!slow)
                Accept(delivery, open, new InboxItem("message:" + place.Key, place.Key, command, At(delivery)));
            Say(delivery, new SayPost(slow ? Saying.SlowDown : Saying.Taken, place.Channel, null, place.User), null, Lately(delivery, place.Channel));
            return;
        }

        var what = SlackWords.Parse(message.Text) switch
        {
            SlackWord.Status => Saying.Status,
            SlackWord.Results => Saying.Results,
            SlackWord.DeleteMyData => Saying.DeleteData,
            SlackWord.Help => Saying.Help,
            SlackWord.Start => Saying.Start,
            _ => open is null ? Saying.Help : Saying.Elsewhere,
        };
        Say(delivery, new SayPost(what, place.Channel, null, place.User), null, Lately(delivery, place.Channel));
    }

    private async Task<Settled> InThreadAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        if (!_threads.TryGetValue((delivery.WorkspaceId, place.Channel, place.Thread!), out var thread))
        {
            // Slack shows a first post before it has told us where it stands; whoever answers that fast is waited for.
            if (_now - At(delivery) < ForTheThread && await _work.OpenOfAsync(delivery.WorkspaceId, place.User) is { Thread: null })
                return Settled.NotYet;
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

        if (!await CountAsync(thread.Key))
        {
            Say(delivery, new SayPost(Saying.SlowDown, place.Channel, place.Thread, place.User), thread.SessionId, Lately(delivery, place.Channel));
            return Settled.Refused;
        }

        Take(delivery, message, thread);
        return Settled.Done;
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

        if (string.IsNullOrWhiteSpace(message.Text))
            return;
        Accept(delivery, thread, new InboxItem("message:" + place.Key, place.Key, new Input.MessageReceived(place.Key, message.Text), At(delivery)));
    }

    /// <summary>
    /// A change of a message. One that comes before its message stands for it: the text as it is now, or that there is none,
    /// and the message itself changes nothing when it comes.
    /// </summary>
    private void Change(SlackDelivery delivery, SlackPlace place, string deliveryKey, Input change, string? text)
    {
        var thread = place.Thread is null ? null : _threads.GetValueOrDefault((delivery.WorkspaceId, place.Channel, place.Thread));
        var known = _known.TryGetValue((delivery.WorkspaceId, place.Key), out var session);
        if (thread is not null && thread.UserId != place.User)
            return;
        if (known)
            Accept(delivery, new SessionKey(delivery.WorkspaceId, session), place.User, new InboxItem(deliveryKey, null, change, At(delivery)));
        else if (thread is not null && text is null)
            Accept(delivery, thread, new InboxItem(deliveryKey, place.Key, change, At(delivery)));
        else if (thread is not null && !string.IsNullOrWhiteSpace(text) && SlackWords.Parse(text) is null)
            Accept(delivery, thread, new InboxItem("message:" + place.Key, place.Key, new Input.MessageReceived(place.Key, text), At(delivery)));
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

    /// <summary>Counts one more input; false when that is too many for a minute.</summary>
    private async Task<bool> CountAsync(SessionKey key)
    {
        if (!_counts.TryGetValue(key.Session, out var count))
            count = (await _work.CountsAsync([key], _now - Minute)).GetValueOrDefault(key.Session);
        _counts[key.Session] = count + 1;
        return count < MostInAMinute;
    }

    // The same is not said again and again, however fast somebody writes.
    private static string Lately(SlackDelivery delivery, string place) => $"{place}:{At(delivery).ToUnixTimeSeconds() / SaidOnceIn}";

    private static DateTimeOffset At(SlackDelivery delivery) => new(delivery.ReceivedAt);

    private static string Storable(string text) => text.Length <= 300 ? text : text[..300];

    private static Saying Of(SlackWord word) => word switch
    {
        SlackWord.Status => Saying.Status,
        SlackWord.Results => Saying.Results,
        SlackWord.DeleteMyData => Saying.DeleteData,
        SlackWord.Start => Saying.Start,
        _ => Saying.Help,
    };
}
