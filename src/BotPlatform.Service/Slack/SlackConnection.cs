using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>Where a bot token is configured: asks Slack whose it is, until Slack answers, and takes that team in.</summary>
public sealed class SlackConnection(
    SlackApi api, SlackTeams stored, SlackTeamsHere teams, SlackSettings settings, TimeProvider time, ILogger<SlackConnection> log) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstWait;
        while (settings.BotToken is { } token && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Taken away and given back, the app may have the same token as before.
                var connected = teams.Configured is { } team && await teams.FindAsync(team, stoppingToken) is { IsInstalled: true };
                var why = connected ? null : await ConnectAsync(token, stoppingToken);
                if (why is not null)
                    log.LogError("Slack cannot be spoken to: {Why}. It is tried again in {Seconds} s", why, (int)wait.TotalSeconds);
                await Task.Delay(why is null ? LongestWait : wait, time, stoppingToken);
                wait = why is null ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The Slack team could not be taken in ({Error}); trying again", e.GetType().Name);
                await Task.Delay(FirstWait, time, stoppingToken);
            }
        }
    }

    /// <returns>Why it could not be; null when it could.</returns>
    private async Task<string?> ConnectAsync(string token, CancellationToken cancellation)
    {
        var reply = await api.CallAsync("auth.test", token, [], cancellation);
        if (reply is not SlackReply.Done done)
            return InWords(reply);
        if (done.Text("team_id") is not { } team || done.Text("user_id") is not { } bot)
            return "auth.test names no team";
        await stored.InstallAsync(
            new SlackTeam(SlackTeam.WorkspaceOf(team), team, done.Text("team") ?? team, bot, done.Text("app_id") ?? "", "", null, null, null, "installed"), time.GetUtcNow(), cancellation);
        teams.Configured = team;
        await teams.ReadAsync(cancellation);
        log.LogInformation("Slack team {Team} is connected", team);
        return null;
    }

    internal static string InWords(SlackReply reply) => reply switch
    {
        SlackReply.Refused { Error: "invalid_auth" or "not_authed" or "token_revoked" or "account_inactive" } refused =>
            $"Slack refuses the bot token ({refused.Error}); copy it again from OAuth & Permissions of the app",
        SlackReply.Refused refused => $"Slack answered {refused.Error}",
        SlackReply.Limited => "Slack wants fewer calls",
        SlackReply.NotSent sent => sent.Why,
        SlackReply.Unknown unknown => unknown.Why,
        _ => "",
    };
}
