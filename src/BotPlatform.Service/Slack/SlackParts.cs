using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>What Slack needs besides the interviews themselves.</summary>
public static class SlackParts
{
    /// <summary>How long a call of Slack's Web API may take.</summary>
    internal static readonly TimeSpan CallTakes = TimeSpan.FromSeconds(6);

    public static IServiceCollection AddSlack(this IServiceCollection services, SlackSettings settings)
    {
        services.AddSlackItself(settings);
        if (settings.Install is not null)
            services.AddSlackInstall();
        if (settings.AppToken is not null)
            services.AddSlackSocket();
        return services;
    }

    private static void AddSlackItself(this IServiceCollection services, SlackSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(_ => new SlackApi(
            new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }) { Timeout = CallTakes, MaxResponseContentBufferSize = 8 << 20 },
            settings.ApiBaseUrl))
        .AddSingleton<SlackTeams>()
        .AddSingleton<SlackThreads>()
        .AddSingleton<SlackDeliveries>()
        .AddSingleton<SlackPosts>()
        .AddSingleton<SlackSenders>()
        .AddSingleton<SlackHolds>()
        .AddSingleton<SlackTeamsHere>()
        .AddSingleton<SlackIntake>()
        .AddSingleton<SlackEvents>()
        .AddSingleton<SlackHome>()
        .AddSingleton<SlackHomeRefresh>()
        .AddSingleton<SlackSayings>()
        .AddSingleton<SlackWindows>()
        .AddSingleton<SlackRestraint>()
        .AddSingleton<SlackCommands>()
        .AddSingleton<SlackClicks>()
        .AddSingleton<SlackForms>()
        .AddSingleton<SlackInteractions>()
        .AddSingleton<SlackPerforming>()
        .AddSingleton<SlackDoing>()
        .AddHostedService(p => p.GetRequiredService<SlackIntake>())
        .AddHostedService<SlackConnection>()
        .AddHostedService<SlackRouter>()
        .AddHostedService<SlackSender>();

    /// <summary>What teams need to install the app themselves.</summary>
    private static void AddSlackInstall(this IServiceCollection services) => services
        .AddSingleton<SlackOAuth>()
        .AddSingleton<SlackInstaller>()
        .AddSingleton<SlackRenewals>()
        .AddHostedService<SlackReseal>()
        .AddHostedService(p => p.GetRequiredService<SlackRenewals>());

    /// <summary>What is needed where Slack cannot reach us.</summary>
    private static void AddSlackSocket(this IServiceCollection services) => services
        .AddSingleton<SlackSocketDoor>()
        .AddSingleton<SlackSocketTaking>()
        .AddHostedService<SlackSocket>();
}
