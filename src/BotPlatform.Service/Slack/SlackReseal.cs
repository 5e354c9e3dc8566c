using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>At start: seals tokens with the newest key, so that the one before it can be thrown away.</summary>
public sealed class SlackReseal(SlackTeams stored, SlackTeamsHere teams, SlackSettings settings, TimeProvider time, ILogger<SlackReseal> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private readonly SealedToken _seal = new(settings.Install!.TokenKeys);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ResealAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Tokens of Slack teams could not be looked at ({Error}); trying again", e.GetType().Name);
            }

            await Task.Delay(AfterFailure, time, stoppingToken);
        }
    }

    private async Task ResealAsync(CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var team in (await stored.AllAsync(cancellation)).Where(t => t is { IsInstalled: true, Token: not null }))
        {
            if (_seal.IsNewest(team.Token) && (team.RefreshToken is null || _seal.IsNewest(team.RefreshToken)))
                continue;
            var refresh = team.RefreshToken is { } old ? _seal.Open(old, team.TeamId) : null;
            if (_seal.Open(team.Token!, team.TeamId) is not { } token || (refresh is null && team.RefreshToken is not null))
                log.LogError("No key opens the token of Slack team {Team}: set Slack:PreviousTokenKey to the key it was sealed with, or install the app again", team.TeamId);
            else if (await stored.ResealAsync(team, _seal.Seal(token, team.TeamId), refresh is null ? null : _seal.Seal(refresh, team.TeamId), time.GetUtcNow(), cancellation))
                changed++;
        }

        if (changed == 0)
            return;
        await teams.ReadAsync(cancellation);
        log.LogInformation("Tokens of {Count} Slack teams are sealed with the newest key", changed);
    }
}
