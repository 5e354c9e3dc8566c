using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>What becomes of the events of one transaction.</summary>
internal sealed class SlackRouting(SlackBatch batch, DateTimeOffset now)
{
    private const int LongestName = 300;

    // As soon as a thread is known, what waits is due; looked at in between, as whatever can be missed will be.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly SlackWork _work = batch.Work;

    public bool TeamsChanged { get; private set; }

    /// <param name="index">Of the delivery in its transaction.</param>
    public async Task RouteAsync(int index)
    {
        var delivery = _work.Due[index];
        switch (await PlaceAsync(delivery, batch.Events[index]))
        {
            case Settled.NotYet:
                _work.Wait(delivery, now + BetweenLooks);
                break;
            case Settled.TooFast:
                _work.Refused(delivery, "too fast");
                break;
            default:
                _work.Done(delivery);
                break;
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
                batch.Say(delivery, new SayPost(Saying.Start, mentioned.Place.Channel, mentioned.Place.Thread, mentioned.Place.User, Only: true), null, SlackBatch.Lately(delivery, $"{mentioned.Place.Channel}:{mentioned.Place.User}"));
                return Settled.Done;
            case SlackEvent.HomeOpened home:
                batch.Post(delivery.WorkspaceId, NewSlackPost.HomeOf(delivery.WorkspaceId, home.User));
                return Settled.Done;
            case SlackEvent.Removed removed:
                await _work.RemoveAsync(delivery.TeamId, removed.At ?? SlackBatch.At(delivery), now);
                TeamsChanged = true;
                return Settled.Done;
            default:
                return Settled.Done;
        }
    }

    /// <summary>Something in a direct message, outside of any interview's thread.</summary>
    private async Task<Settled> BesideAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        var open = await _work.OpenOfAsync(delivery.WorkspaceId, place.User);
        if (open is not null && ChatWords.CommandIn(message.Text) is { } command)
        {
            var slow = !await batch.CountAsync(open.Key, delivery);
            if (!slow)
                batch.Accept(delivery, open, new InboxItem("message:" + place.Key, place.Key, command, SlackBatch.At(delivery)));
            batch.Say(delivery, new SayPost(slow ? Saying.SlowDown : Saying.Taken, place.Channel, null, place.User), null, SlackBatch.Lately(delivery, place.Channel));
            return slow ? Settled.TooFast : Settled.Done;
        }

        var what = SlackWords.Parse(message.Text) is { } word ? Of(word) : open is null ? Saying.Help : Saying.Elsewhere;
        batch.Say(delivery, new SayPost(what, place.Channel, null, place.User), null, SlackBatch.Lately(delivery, place.Channel));
        return Settled.Done;
    }

    private async Task<Settled> InThreadAsync(SlackDelivery delivery, SlackEvent.Message message)
    {
        var place = message.Place;
        var (thread, soon) = await batch.ThreadAsync(delivery, place);
        if (soon)
            return Settled.NotYet;
        if (thread is null)
        {
            batch.Say(delivery, new SayPost(Saying.NoInterview, place.Channel, place.Thread, place.User), null, SlackBatch.Lately(delivery, $"{place.Channel}:{place.Thread}"));
            return Settled.Done;
        }

        if (thread.UserId != place.User)
            return Settled.Done;
        var consent = thread.State == "awaiting_consent";
        if (SlackWords.Parse(message.Text) is { } word && !(word == SlackWord.Start && consent))
        {
            batch.Say(delivery, new SayPost(Of(word), place.Channel, place.Thread, place.User), thread.SessionId, SlackBatch.Lately(delivery, place.Channel));
            return Settled.Done;
        }

        if (!await batch.CountAsync(thread.Key, delivery))
        {
            batch.Say(delivery, new SayPost(Saying.SlowDown, place.Channel, place.Thread, place.User), thread.SessionId, SlackBatch.Lately(delivery, place.Channel));
            return Settled.TooFast;
        }

        if (consent && !message.Files.IsEmpty && string.IsNullOrWhiteSpace(message.Text))
            batch.Say(delivery, new SayPost(Saying.Status, place.Channel, place.Thread, place.User), thread.SessionId, SlackBatch.Lately(delivery, place.Channel));
        // Nothing is kept before somebody has agreed to that.
        Take(delivery, consent ? message with { Files = [] } : message, thread);
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
                _work.Attach(thread.Key, place.Key, i, Storable(file.Name), Storable(file.MediaType), file.Bytes, Storable(file.Id), SlackBatch.At(delivery));
            }

            if (batch.SessionOf(delivery.WorkspaceId, place) is null)
                batch.Say(delivery, new SayPost(Saying.Files, place.Channel, place.Thread, place.User), thread.SessionId, SlackBatch.Lately(delivery, place.Channel));
        }

        if (!string.IsNullOrWhiteSpace(message.Text))
            batch.Accept(delivery, thread, new InboxItem("message:" + place.Key, place.Key, new Input.MessageReceived(place.Key, message.Text), SlackBatch.At(delivery)));
    }

    /// <summary>
    /// A change of a message. One that comes before its message stands for it: the text as it is now, or that there is none,
    /// and the message itself changes nothing when it comes.
    /// </summary>
    /// <param name="edited">Null for a deletion.</param>
    private async Task<Settled> ChangeAsync(SlackDelivery delivery, SlackPlace place, string deliveryKey, Input change, SlackEvent.Edited? edited)
    {
        if (batch.SessionOf(delivery.WorkspaceId, place) is { } key)
        {
            if (edited is not null && await batch.IsOldAsync(key, edited))
                return Settled.Done;
            // Whoever takes something back is always heard.
            if (edited is not null && !await batch.CountAsync(key, delivery))
            {
                batch.Say(delivery, new SayPost(Saying.SlowDown, place.Channel, place.Thread, place.User), key.Session, SlackBatch.Lately(delivery, place.Channel));
                return Settled.TooFast;
            }

            var user = place.User.Length > 0 ? place.User : await _work.UserOfAsync(key);
            if (user is not null)
                batch.Accept(delivery, key, user, new InboxItem(deliveryKey, null, change, SlackBatch.At(delivery)));
            if (edited is null)
                _work.Detach(key, place.Key);
            return Settled.Done;
        }

        var (thread, soon) = await batch.ThreadAsync(delivery, place);
        if (soon)
            return Settled.NotYet;
        if (thread is null || thread.UserId != place.User)
            return Settled.Done;
        if (edited is null)
        {
            batch.Accept(delivery, thread, new InboxItem(deliveryKey, place.Key, change, SlackBatch.At(delivery)));
            _work.Detach(thread.Key, place.Key);
        }
        else if (!string.IsNullOrWhiteSpace(edited.Text) && SlackWords.Parse(edited.Text) is null)
            batch.Accept(delivery, thread, new InboxItem(deliveryKey, place.Key, new Input.MessageReceived(place.Key, edited.Text), SlackBatch.At(delivery)));
        return Settled.Done;
    }

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
