using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Practice;
using Npgsql;

namespace BotPlatform.Service.Slack;

/// <summary>Takes in a team that has allowed the app.</summary>
public sealed class SlackInstaller(
    SlackOAuth oauth, SlackTeams stored, SlackTeamsHere teams, SlackSettings settings, Access access, OutboxBell bell, TimeProvider time, ILogger<SlackInstaller> log)
{
    private readonly SealedToken _seal = new(settings.Install!.TokenKeys);

    /// <param name="state">As Slack sent it back.</param>
    /// <param name="cookie">As the browser holds it.</param>
    internal async Task<InstallResult> FinishAsync(string? code, string? error, string? state, string? cookie, CancellationToken cancellation)
    {
        var again = oauth.InstallUrl;
        if (!InstallState.Holds(access.Secret, state, cookie, time.GetUtcNow()))
            return InstallResult.BadState(again);
        if (error is not null)
            return InstallResult.Denied(again);
        if (code is not { Length: > 0 and <= 500 })
            return InstallResult.Incomplete(again);
        var reply = await oauth.ExchangeAsync(code, cancellation);
        if (reply is not SlackReply.Done done)
        {
            log.LogError("A team could not be taken in: {Why}", reply is SlackReply.Refused refused ? $"Slack answered {refused.Error}{Advice(refused)}" : SlackConnection.InWords(reply));
            return InstallResult.Of(reply, again);
        }

        if (SlackGrant.IsOfOrganisation(done.Body))
            return InstallResult.Organisation(again);
        if (!SlackGrant.Read(done.Body).TryGet(out var grant, out var unclear))
        {
            log.LogError("A team could not be taken in: in Slack's answer {Why}", unclear);
            return InstallResult.Unclear(again);
        }

        return await KeepAsync(grant, cancellation);
    }

    private async Task<InstallResult> KeepAsync(SlackGrant grant, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var tokens = grant.Tokens;
        var team = new SlackTeam(
            SlackTeam.WorkspaceOf(grant.TeamId),
            grant.TeamId,
            grant.TeamName,
            grant.BotUserId,
            grant.AppId,
            grant.Scopes,
            _seal.Seal(tokens.Token, grant.TeamId),
            tokens.Refresh is { } refresh ? _seal.Seal(refresh, grant.TeamId) : null,
            (now + tokens.Lasts)?.UtcDateTime,
            "installed");
        try
        {
            await stored.InstallAsync(team, now, cancellation);
            await teams.ReadAsync(cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            log.LogError("Slack team {Team} could not be kept ({Error})", grant.TeamId, e.GetType().Name);
            return InstallResult.NotKept(oauth.InstallUrl);
        }

        bell.Ring();
        log.LogInformation("Slack team {Team} has installed the app", grant.TeamId);
        return InstallResult.Done(grant, settings.Command);
    }

    private string Advice(SlackReply.Refused refused) => refused.Error switch
    {
        "bad_redirect_uri" => $"; add {oauth.RedirectUrl} to the app's redirect URLs (OAuth & Permissions), or correct Slack:PublicUrl",
        _ when InstallResult.IsOurs(refused) => "; check Slack:ClientId and Slack:ClientSecret against the app's Basic Information page",
        _ => "",
    };
}
