using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack.Views;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Clicks, forms and searches in lists. Slack repeats none of them and waits three seconds, so each is done before it is
/// answered, or whoever did it is told plainly that it was not.
/// </summary>
public sealed class SlackInteractions(
    SlackClicks clicks, SlackForms forms, SlackWindows windows, SlackTeamsHere teams, Practising practising, SlackApi api, SlackSettings settings, SlackRestraint restraint, ILogger<SlackInteractions> log)
{
    private const string NotDone = "I couldn't do that just now, and nothing was changed. Please try again in a minute.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForTelling = TimeSpan.FromSeconds(10);

    /// <summary>What Slack is answered; null for an empty answer.</summary>
    public async Task<JsonObject?> DoAsync(SlackInteraction interaction, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            // Whatever the database is at: Slack is answered in time, and what was not done by then is not done later.
            return await AnswerAsync(interaction, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("An interaction could not be done ({Error})", e.GetType().Name);
            if (interaction is SlackInteraction.Clicked clicked)
                _ = TellAsync(clicked, new ClickAnswer(NotDone));
            return interaction is SlackInteraction.Submitted ? SlackForms.Told("Not done", NotDone) : null;
        }
    }

    private async Task<JsonObject?> AnswerAsync(SlackInteraction interaction, CancellationToken cancellation)
    {
        // A list of problems is the same for everybody.
        if (interaction is SlackInteraction.Searched searched)
            return ProblemOptions.Of(practising.Problems, searched.Query);
        if (await teams.FindAsync(interaction.Actor.Team, cancellation) is not { IsInstalled: true })
            return interaction is SlackInteraction.Submitted ? SlackForms.Told("Not done", "This app is not installed in your workspace any more; ask whoever looks after it.") : null;
        if (!restraint.Allows(interaction.Actor))
            return TooFast(interaction);
        if (interaction is SlackInteraction.Submitted submitted)
            return await forms.DoAsync(submitted, cancellation);
        if (interaction is SlackInteraction.Clicked clicked && await clicks.DoAsync(clicked, cancellation) is { } told)
            _ = TellAsync(clicked, told);
        return null;
    }

    private JsonObject? TooFast(SlackInteraction interaction)
    {
        if (interaction is SlackInteraction.Clicked clicked && restraint.Tells(clicked.Actor))
            _ = TellAsync(clicked, new ClickAnswer(SlackRestraint.SlowDown));
        return interaction is SlackInteraction.Submitted ? SlackForms.Told("Too fast", SlackRestraint.SlowDown) : null;
    }

    // Beside the answer, which Slack waits for: what a click is answered with is not read.
    private async Task TellAsync(SlackInteraction.Clicked clicked, ClickAnswer told)
    {
        using var limit = new CancellationTokenSource(ForTelling);
        try
        {
            // The home tab and windows have no place for an answer but a window of its own.
            if (clicked.Actor.ResponseUrl is not { } url)
            {
                if (await windows.OpenAsync(clicked.Actor, SlackForms.TellWindow("Interviewer", told), clicked.InWindow, limit.Token) is not null)
                    log.LogWarning("Whoever clicked could not be told what came of it");
                return;
            }

            if (!settings.IsSlack(url))
                return;
            var message = SlackCommands.Only(Plain.Message([told.Text], told.Button));
            message["replace_original"] = false;
            if (clicked.Thread is { } thread)
                message["thread_ts"] = thread;
            if (await api.RespondAsync(url, message, limit.Token) is not SlackReply.Done)
                log.LogWarning("Whoever clicked {Action} could not be told what came of it", clicked.Action.Length <= 40 ? clicked.Action : "something");
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("Whoever clicked could not be told what came of it ({Error})", e.GetType().Name);
        }
    }
}
