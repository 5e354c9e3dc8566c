using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using Npgsql;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Changes tokens that expire for new ones, hours before they do. A refresh token works once, so one node at a time spends
/// a team's; what Slack gives for it is in that node's hands only until it is stored.
/// </summary>
public sealed class SlackRenewals(
    NpgsqlDataSource source, SlackTeams stored, SlackTeamsHere teams, SlackOAuth oauth, SlackSettings settings, TimeProvider time, ILogger<SlackRenewals> log) : BackgroundService
{
    /// <summary>Slack's tokens last twelve hours; so long before their end they are renewed, and renewing may fail for as long.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(4);

    private const int StoringTries = 8;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan FirstStoringWait = TimeSpan.FromMilliseconds(100);
    private readonly SealedToken _seal = new(settings.Install!.TokenKeys);
    private readonly Dictionary<string, (int Failures, DateTimeOffset NotBefore)> _failed = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RenewDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Tokens of Slack teams could not be looked at ({Error}); trying again", e.GetType().Name);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    internal async Task RenewDueAsync(CancellationToken cancellation)
    {
        foreach (var team in await stored.ExpiringAsync(time.GetUtcNow() + Ahead, cancellation))
        {
            if (_failed.TryGetValue(team.TeamId, out var failed) && time.GetUtcNow() < failed.NotBefore)
                continue;
            await using var renewal = await SlackRenewal.BeginAsync(source, team.TeamId, time.GetUtcNow() + Ahead, cancellation);
            if (renewal is not null && await RenewAsync(renewal.Team))
                _failed.Remove(team.TeamId);
        }
    }

    // Once Slack was asked there is no going back, so a stop of the service is not heard here; the call's own timeout bounds it.
    private async Task<bool> RenewAsync(SlackTeam team)
    {
        if (_seal.Open(team.RefreshToken!, team.TeamId) is not { } refresh)
            return Failed(team, "no key opens its refresh token", LongestWait, lost: true);
        switch (await oauth.RenewAsync(refresh, CancellationToken.None))
        {
            case SlackReply.Done done when SlackTokens.Read(done.Body).TryGet(out var tokens, out var unclear):
                return await KeepAsync(team, tokens) || Failed(team, "the new one could not be stored", LongestWait, lost: true);
            case SlackReply.Done:
                return Failed(team, "Slack's answer holds no tokens", LongestWait, lost: true);
            case SlackReply.Refused refused when InstallResult.IsOurs(refused):
                return Failed(team, $"Slack answered {refused.Error}; check Slack:ClientId and Slack:ClientSecret", null, lost: false);
            case SlackReply.Refused refused:
                return Failed(team, $"Slack answered {refused.Error}", LongestWait, lost: true);
            case SlackReply.Limited limited:
                return Failed(team, SlackConnection.InWords(limited), limited.RetryAfter, lost: false);
            case var reply:
                return Failed(team, SlackConnection.InWords(reply), null, lost: false);
        }
    }

    private async Task<bool> KeepAsync(SlackTeam team, SlackTokens tokens)
    {
        var now = time.GetUtcNow();
        var (token, refresh) = (_seal.Seal(tokens.Token, team.TeamId), tokens.Refresh is { } next ? _seal.Seal(next, team.TeamId) : null);
        var wait = FirstStoringWait;
        for (var i = 1; i <= StoringTries; i++, wait *= 2)
        {
            try
            {
                var renewed = await stored.RenewAsync(team.TeamId, team.RefreshToken, token, refresh, now + tokens.Lasts, now, CancellationToken.None);
                await teams.ReadAsync(CancellationToken.None);
                log.LogInformation("The token of Slack team {Team} {What}", team.TeamId, renewed ? "was renewed" : "was replaced by another while it was renewed");
                return true;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                log.LogWarning("The new token of Slack team {Team} could not be stored yet ({Error})", team.TeamId, e.GetType().Name);
                await Task.Delay(wait, time, CancellationToken.None);
            }
        }

        return false;
    }

    private bool Failed(SlackTeam team, string why, TimeSpan? wait, bool lost)
    {
        var failures = _failed.GetValueOrDefault(team.TeamId).Failures + 1;
        var doubled = Every * Math.Pow(2, Math.Min(failures - 1, 10));
        _failed[team.TeamId] = (failures, time.GetUtcNow() + (wait ?? (doubled < LongestWait ? doubled : LongestWait)));
        if (lost)
            log.LogError(
                "The token of Slack team {Team} is lost: {Why}. It works until {End:u}; after that the team is not answered until the app is installed again at {Url}",
                team.TeamId, why, team.TokenExpiresAt, oauth.InstallUrl);
        else
            log.LogWarning("The token of Slack team {Team} could not be renewed: {Why}. It works until {End:u}; trying again", team.TeamId, why, team.TokenExpiresAt);
        return false;
    }
}
