using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>The Slack of the package emulate: one workspace with our app in it, scopes enforced.</summary>
internal sealed class Emulate : IAsyncDisposable
{
    public const string Team = "T000000001";
    public const string Candidate = "U000000001";
    public const string Token = "xoxb-of-the-tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Seed =
        """
        slack:
          strict_scopes: true
          oauth_apps:
            - {client_id: "1.2", client_secret: none, app_id: A0APP1, name: Interviewer, bot_id: B0BOT1, bot_user_id: U0BOT1, bot_name: interviewer, redirect_uris: [], scopes: []}
          tokens:
            - {token: SEED, type: bot, user_id: U0BOT1, app_id: A0APP1, bot_id: B0BOT1, bot_user_id: U0BOT1, scopes: [chat:write, commands, im:history, im:read, im:write]}
        """;

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private Emulate(Process process, string folder, int port)
    {
        (_process, _folder) = (process, folder);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/") };
    }

    public Uri ApiBaseUrl => _http.BaseAddress!;

    public static async Task<Emulate> StartAsync()
    {
        var folder = TestFolder.Create();
        var seed = Path.Combine(folder, "seed.yaml");
        await File.WriteAllTextAsync(seed, Seed.Replace("SEED", Token, StringComparison.Ordinal));
        var port = ServiceProcess.FreePort();
        var process = Peer.Start("node_modules/emulate/dist/index.js", "start", "-s", "slack", "--seed", seed, "--port", $"{port}");
        var here = new Emulate(process, folder, port);
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.Contains("Ready", StringComparison.Ordinal))
                continue;
            // Nobody reads on, and it must not stand still for that.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return here;
        }

        throw new InvalidOperationException("emulate ended before it was ready");
    }

    /// <summary>A call with the bot's own token, which has to be taken.</summary>
    public async Task<JsonElement> CallAsync(string method, string arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(method, UriKind.Relative)) { Content = new StringContent(arguments, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await _http.SendAsync(request);
        var json = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        return json.GetProperty("ok").GetBoolean() ? json : throw new InvalidOperationException($"{method}: {json}");
    }

    /// <summary>Every message of the conversation with the candidate that is in no thread, or in this one.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(string channel, string? thread = null)
    {
        var messages = thread is null
            ? await CallAsync("conversations.history", $$"""{"channel":"{{channel}}"}""")
            : await CallAsync("conversations.replies", $$"""{"channel":"{{channel}}","ts":"{{thread}}"}""");
        return [.. messages.GetProperty("messages").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
