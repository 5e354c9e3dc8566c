using System.Net.Http.Headers;
using System.Text;

namespace BotPlatform.Adapters.Slack;

/// <summary>How teams allow the app, and how tokens that expire are changed for new ones (docs.slack.dev, Installing with OAuth).</summary>
public sealed class SlackOAuth(SlackApi api, SlackSettings settings)
{
    /// <summary>What the app may do, and no more; the manifests ask for the same.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["app_mentions:read", "chat:write", "commands", "im:history", "im:write"];

    private readonly SlackInstall _install = settings.Install ?? throw new ArgumentException("teams cannot install the app here", nameof(settings));

    /// <summary>Where a team begins.</summary>
    public Uri InstallUrl { get; } = new(settings.PublicUrl!, "slack/install");

    /// <summary>Where Slack sends people back to; registered with the app.</summary>
    public Uri RedirectUrl { get; } = new(settings.PublicUrl!, "slack/oauth");

    /// <summary>Slack's page that asks somebody to allow the app.</summary>
    public Uri AuthorizeUrl(string state) => new(
        settings.ApiBaseUrl,
        $"/oauth/v2/authorize?client_id={Uri.EscapeDataString(_install.ClientId)}&scope={Uri.EscapeDataString(string.Join(',', Scopes))}"
        + $"&redirect_uri={Uri.EscapeDataString(RedirectUrl.ToString())}&state={Uri.EscapeDataString(state)}");

    /// <param name="code">Good once, for ten minutes.</param>
    public Task<SlackReply> ExchangeAsync(string code, CancellationToken cancellation) =>
        AccessAsync([new("code", code), new("redirect_uri", RedirectUrl.ToString())], cancellation);

    /// <param name="refreshToken">Good once.</param>
    public Task<SlackReply> RenewAsync(string refreshToken, CancellationToken cancellation) =>
        AccessAsync([new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], cancellation);

    private Task<SlackReply> AccessAsync(KeyValuePair<string, string>[] arguments, CancellationToken cancellation)
    {
        var client = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_install.ClientId}:{_install.ClientSecret}")));
        return api.CallWithFormAsync("oauth.v2.access", client, arguments, cancellation);
    }
}
