using BotPlatform.Adapters.Slack;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>The service in Socket Mode, less patient than in earnest.</summary>
internal static class SocketInstallation
{
    public static readonly SocketTimes Quick = SocketTimes.Default with
    {
        Ping = TimeSpan.FromMilliseconds(200),
        Silence = TimeSpan.FromSeconds(2),
        Lingering = TimeSpan.FromMilliseconds(500),
        FirstWait = TimeSpan.FromMilliseconds(20),
        WhenRefused = TimeSpan.FromMilliseconds(500),
    };

    /// <param name="connected">Waits until both connections are there.</param>
    /// <param name="prepare">Done to Slack before the service is there.</param>
    /// <param name="soonAgain">Where acknowledgements get lost: Slack waits for them as in earnest, and then comes again.</param>
    public static async Task<SlackInstallation> StartAsync(PostgresFixture postgres, bool connected = true, Action<SlackServer>? prepare = null, bool soonAgain = false)
    {
        var here = await SlackInstallation.StartAsync(
            postgres,
            change: s => s with { SigningSecrets = [], AppToken = new SlackOptions().AppToken, Socket = Quick },
            prepare: prepare,
            acknowledgeWithin: soonAgain ? new SlackOptions().AcknowledgeWithin : null);
        here.Slack.UseSocket();
        if (connected)
            await here.Slack.Socket.ConnectedAsync(2);
        return here;
    }

    /// <summary>How many turns candidates have taken.</summary>
    public static async Task<long> TurnsAsync(SlackInstallation here)
    {
        await using var command = here.Service.Database.Source.CreateCommand("select count(*) from turn where speaker = 'candidate'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
