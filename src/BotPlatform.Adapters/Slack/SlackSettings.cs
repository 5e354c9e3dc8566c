namespace BotPlatform.Adapters.Slack;

/// <summary>How this installation is connected to Slack.</summary>
/// <param name="SigningSecrets">Valid ones, the newest first; empty in Socket Mode, where nothing is signed.</param>
/// <param name="BotToken">For a single team; null where teams install the app themselves.</param>
/// <param name="AppToken">For Socket Mode; null where Slack speaks to us over HTTP.</param>
/// <param name="Install">Null where teams cannot install the app themselves.</param>
/// <param name="PublicUrl">Where people reach our pages, for links; null to give none.</param>
public sealed record SlackSettings(
    IReadOnlyList<string> SigningSecrets, string? BotToken, string? AppToken, SlackInstall? Install, Uri ApiBaseUrl, Uri? PublicUrl, string Command)
{
    public const string Section = "Slack";
    public const string DefaultCommand = "/interview";
    public static readonly Uri SlackItself = new("https://slack.com/api/");
    private const int KeyBytes = 32;

    /// <summary>How patient Socket Mode is; nobody has to set it.</summary>
    public SocketTimes Socket { get; init; } = SocketTimes.Default;

    /// <summary>Every setting there is; any other name below the section is a mistake.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "SigningSecret", "PreviousSigningSecret", "BotToken", "AppToken", "ClientId", "ClientSecret", "TokenKey", "PreviousTokenKey", "ApiBaseUrl", "PublicUrl", "Command",
    ];

    /// <param name="set">The settings below the section, at least one.</param>
    public static Outcome<SlackSettings> Read(IReadOnlyDictionary<string, string?> set)
    {
        if (set.Keys.FirstOrDefault(k => !Names.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return new Refusal($"{Section}:{unknown}: there is no such setting; expected {string.Join(", ", Names)}");
        string? Value(string name) => set.FirstOrDefault(s => s.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Trim() is { Length: > 0 } value ? value : null;
        var secrets = new[] { Value("SigningSecret"), Value("PreviousSigningSecret") }.OfType<string>().ToArray();
        var (bot, app) = (Value("BotToken"), Value("AppToken"));
        if (Array.Find(secrets, s => s.Length < 16) is not null)
            return Wrong("SigningSecret", "the signing secret from the app's Basic Information page, 32 characters");
        if (bot is not null && !bot.StartsWith("xoxb-", StringComparison.Ordinal) && !bot.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
            return Wrong("BotToken", "a bot token, which begins with xoxb-");
        if (app is not null && !app.StartsWith("xapp-", StringComparison.Ordinal))
            return Wrong("AppToken", "an app-level token, which begins with xapp-");
        if (secrets.Length == 0 && app is null)
            return Wrong("SigningSecret", "the signing secret (or Slack:AppToken for Socket Mode): without it anybody could speak for Slack");
        var (install, noInstall) = InstallOf(Value);
        if (noInstall is not null)
            return noInstall;
        if (bot is null && install is null)
            return Wrong("BotToken", "the bot token of one team, or Slack:ClientId, Slack:ClientSecret and Slack:TokenKey so that teams can install the app themselves");
        if (UrlOf(Value("ApiBaseUrl")) is not { } api)
            return Wrong("ApiBaseUrl", "an address that begins with http:// or https://");
        var page = Value("PublicUrl");
        if (page is not null && UrlOf(page) is null)
            return Wrong("PublicUrl", "an address that begins with http:// or https://");
        if (install is not null && page is null)
            return Wrong("PublicUrl", "the https:// address under which Slack and people reach this service, as teams install the app from there");
        var command = Value("Command") ?? DefaultCommand;
        return command.Length is >= 2 and <= 32 && command[0] == '/' && command.Skip(1).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
            ? new SlackSettings(secrets, bot, app, install, api, page is null ? null : UrlOf(page), command)
            : Wrong("Command", "a slash command in lower case, as /interview");
    }

    /// <summary>Whether an address that came with a request is Slack's own, so that nobody makes us call another.</summary>
    public bool IsSlack(Uri address) =>
        (address.Scheme == ApiBaseUrl.Scheme && address.Authority == ApiBaseUrl.Authority) || (address.Scheme == "https" && (address.Host == "slack.com" || address.Host.EndsWith(".slack.com", StringComparison.Ordinal)));

    private static (SlackInstall? Install, Refusal? Refusal) InstallOf(Func<string, string?> value)
    {
        var (id, secret, key) = (value("ClientId"), value("ClientSecret"), value("TokenKey"));
        if (id is null && secret is null && key is null)
            return (null, null);
        if (id is null || secret is null || key is null)
            return (null, new Refusal($"{Section}: ClientId, ClientSecret and TokenKey belong together; {(id is null ? "ClientId" : secret is null ? "ClientSecret" : "TokenKey")} is missing"));
        var keys = new List<byte[]>();
        foreach (var name in new[] { "TokenKey", "PreviousTokenKey" })
        {
            if (value(name) is not { } text)
                continue;
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length) || length != KeyBytes)
                return (null, new Refusal($"{Section}:{name}: expected {KeyBytes} random bytes in base64, as `openssl rand -base64 {KeyBytes}` prints them"));
            keys.Add(bytes[..length]);
        }

        return (new SlackInstall(id, secret, keys), null);
    }

    private static Uri? UrlOf(string? text) =>
        text is null ? SlackItself
        : Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static Refusal Wrong(string name, string expected) => new($"{Section}:{name}: expected {expected}");
}

/// <summary>What is needed so that teams can install the app themselves.</summary>
/// <param name="TokenKeys">Keys for tokens at rest, the newest first.</param>
public sealed record SlackInstall(string ClientId, string ClientSecret, IReadOnlyList<byte[]> TokenKeys);
