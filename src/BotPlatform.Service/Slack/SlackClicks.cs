using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>Buttons. What one says on whose session it is about is believed only where that session is the clicker's own.</summary>
public sealed class SlackClicks(
    Practising practising, SlackThreads threads, SlackHomeRefresh home, SlackWindows windows, SharedLinks links, Inbox inbox)
{
    private const string NotYours = "This belongs to no interview of yours, or to one that was deleted.";
    private const string InTheThread = "Done; the answer is in the thread of your interview.";
    private const string Earlier = "That button belongs to an earlier message; the ones below the last message count.";

    /// <returns>What the clicker is told; null for nothing.</returns>
    internal async Task<ClickAnswer?> DoAsync(SlackInteraction.Clicked click, CancellationToken cancellation)
    {
        var owner = new SlackOwner(click.Actor.Team, click.Actor.User);
        switch (click.Action)
        {
            case Buttons.Start:
                return await windows.StartAsync(click.Actor, cancellation);
            case Buttons.DeleteAll:
                var all = await threads.OfAsync(owner.Workspace, owner.User, cancellation);
                return await windows.OpenAsync(click.Actor, DeleteModal.Of(all.Count, practising.SentTo), click.InWindow, cancellation);
            case Buttons.OpenThread or Buttons.OpenPage:
                return null;
        }

        if (ButtonValue.TryParse(click.Value) is not { } value)
            return null;
        var key = new SessionKey(owner.Workspace, value.Session);
        if (await practising.FindAsync(key, owner.AsCaller, cancellation) is not var (_, session))
            return NotYours;
        return click.Action switch
        {
            Buttons.Evidence => await EvidenceAsync(click, key, session, value.Criterion ?? "", cancellation),
            Buttons.Results => await ResultsAsync(click, key, session, cancellation),
            Buttons.Export when session.Mode == SessionMode.Assessed => "An assessed interview is kept for the hiring team; ask them for your part of it.",
            Buttons.Export => links.Export(key) is { } link
                ? new ClickAnswer("Your interview is ready as a file. The link opens for 30 days, to whoever has it.", (link, "Open the file"))
                : "Nobody has set up a web address for this service yet, so there is no link to give; ask whoever runs it.",
            Buttons.DeleteSession => await DeleteAsync(owner, key, cancellation),
            _ when CommandOf(click.Action) is { } command => await CommandAsync(click, owner, key, session, value, command, cancellation),
            _ => null,
        };
    }

    private static Input? CommandOf(string action) => action switch
    {
        Buttons.Hint => new Input.Hint(),
        Buttons.Skip => new Input.Skip(),
        Buttons.Pause => new Input.Pause(),
        Buttons.Resume => new Input.Resume(),
        Buttons.Agree => new Input.Consented(),
        Buttons.Swap => new Input.Swap(),
        Buttons.Stop => new Input.Stop(),
        _ => null,
    };

    // Once for each button that was shown: a double click is one.
    private async Task<string?> CommandAsync(
        SlackInteraction.Clicked click, SlackOwner owner, SessionKey key, Session session, ButtonValue value, Input command, CancellationToken cancellation)
    {
        var delivery = $"button:{value.Turn}:{click.Action}";
        var newest = session.Turns.FindLast(t => t.Turn.Speaker == Speaker.Interviewer)?.Turn.N ?? 0;
        // A window and the home tab show the interview as a whole, and lag behind it.
        if (click.Channel is not null && value.Turn < newest)
            return await inbox.HasAsync(key, delivery, cancellation) ? null : Earlier;
        return await practising.AcceptAsync(key, delivery, messageKey: null, command, owner.AsCaller, cancellation) switch
        {
            // The thread shows what came of it, and the home tab is drawn again; a window stays as it is.
            Acceptance.Accepted or Acceptance.Known => click.InWindow ? InTheThread : null,
            Acceptance.Over => Phrases.Over(session.Mode),
            _ => NotYours,
        };
    }

    private async Task<string?> EvidenceAsync(SlackInteraction.Clicked click, SessionKey key, Session session, string criterion, CancellationToken cancellation) =>
        CardOf(session) is { } card && EvidenceModal.Of(session, card, criterion, links.Scorecard(key)) is { } window
            ? await windows.OpenAsync(click.Actor, window, click.InWindow, cancellation)
            : "There is no evidence to show here.";

    private async Task<string?> ResultsAsync(SlackInteraction.Clicked click, SessionKey key, Session session, CancellationToken cancellation)
    {
        if (CardOf(session) is not { } card)
            return "There is no scorecard to show here.";
        var blocks = ScorecardMessages.Of(session, card, links.Scorecard(key)).SelectMany(m => m.Blocks).Select(b => b!.DeepClone().AsObject());
        return await windows.OpenAsync(
            click.Actor, View.Modal("results", "Scorecard", [.. blocks.Take(Limits.BlocksInView)], submit: null, close: "Close"), click.InWindow, cancellation);
    }

    private async Task<string?> DeleteAsync(SlackOwner owner, SessionKey key, CancellationToken cancellation)
    {
        if (await threads.FindAsync(key, cancellation) is { } thread)
        {
            var there = new SlackAuthor(owner.User, thread.Channel, thread.Thread);
            await threads.DeleteAsync(thread, body => there.Thread is not null && SlackAuthor.Of(body) == there, cancellation);
        }

        practising.Forget(key);
        home.RefreshLater(owner);
        return null;
    }

    private static CandidateScorecard? CardOf(Session session) =>
        session is { Scorecard: { } card, Mode: SessionMode.Practice } ? CandidateScorecard.Of(session, card) : null;
}
