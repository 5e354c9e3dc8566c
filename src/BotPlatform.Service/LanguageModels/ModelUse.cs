using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.LanguageModels;

/// <summary>Whether models may be used, by whom, and for how much.</summary>
public sealed class ModelUse(Models models, ContentLoad content, ModelCalls calls, TimeProvider time)
{
    public static readonly TimeSpan WhileForbidden = TimeSpan.FromHours(1);

    /// <summary>Whose models are configured, as candidates are told; null where none are.</summary>
    public string? SentTo => models.Settings.SentTo;

    /// <summary>The same where the workspace allows models; null where it does not, as nothing is sent then.</summary>
    public async Task<string?> SentToNowAsync(Guid workspace, CancellationToken cancellation) =>
        SentTo is { } sentTo && await calls.AllowedAsync(workspace, cancellation) ? sentTo : null;

    /// <summary>What a new session is started with: models where they are configured and the workspace allows them.</summary>
    public async Task<SessionSettings> ForNewAsync(SessionSettings settings, Guid workspace, CancellationToken cancellation)
    {
        if (models.All.IsEmpty || !await calls.AllowedAsync(workspace, cancellation))
            return settings;
        var grader = models.Graders.IsEmpty ? null : content.Prompt(PromptFile.Grader);
        var interviewer = models.Interviewer is null ? null : content.Prompt(PromptFile.Interviewer);
        var used = models.Settings with { Models = [.. models.Settings.Models.Where(m => (grader is not null && m.Roles.Contains(ModelRole.Grader)) || (interviewer is not null && m == models.Interviewer!.Entry))] };
        return settings with
        {
            Grader = grader is null ? GraderMode.Rules : GraderMode.Model,
            Interviewer = interviewer is null ? InterviewerMode.Engine : InterviewerMode.Model,
            GraderPrompt = grader?.Hash,
            InterviewerPrompt = interviewer?.Hash,
            SentTo = used.SentTo,
        };
    }

    /// <summary>Texts of the prompts that settings pin.</summary>
    public IEnumerable<StoredText> Texts(SessionSettings settings) => content.Prompts
        .Where(p => p.Hash == settings.GraderPrompt || p.Hash == settings.InterviewerPrompt)
        .Select(p => new StoredText(p.Hash, "prompt", $"{p.Kind} {p.Version}", p.Text));

    /// <summary>Why no model may be asked for this session now, and for how long; null when one may.</summary>
    public async Task<(string Why, TimeSpan Wait)?> HeldUpAsync(SessionKey key, CancellationToken cancellation)
    {
        if (!await calls.AllowedAsync(key.Workspace, cancellation))
            return ("language models are forbidden in this workspace", WhileForbidden);
        var now = time.GetUtcNow();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var (spent, budget) = (await calls.SpentAsync(key, midnight, cancellation), models.Settings.Budget);
        if (spent.DayTokens >= budget.DayTokens || spent.DayCost >= budget.DayCost)
            return ("the day's budget for language models is used up; it is tried again after midnight UTC", midnight.AddDays(1) - now);
        return spent.SessionTokens >= budget.SessionTokens || spent.SessionCost >= budget.SessionCost
            ? ("the session's budget for language models is used up; raise it to go on", WhileForbidden)
            : null;
    }
}
