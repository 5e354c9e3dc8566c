using System.Globalization;
using System.Text.Json;
using BotPlatform.Adapters.Slack;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>The service connected to emulate; what the candidate does is signed and sent by the tests.</summary>
internal sealed class EmulateInstallation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SlackServer _signing;
    private int _said;

    private EmulateInstallation(Emulate slack, LosingProxy between, SlackServer signing, ServiceUnderTest service) =>
        (Slack, Between, _signing, Service) = (slack, between, signing, service);

    public Emulate Slack { get; }

    public LosingProxy Between { get; }

    public ServiceUnderTest Service { get; }

    public static async Task<EmulateInstallation> StartAsync(PostgresFixture postgres)
    {
        var slack = await Emulate.StartAsync();
        var between = await LosingProxy.StartAsync(slack.ApiBaseUrl);
        var options = new SlackOptions();
        // Our own double is here for its signatures only.
        var signing = await SlackServer.StartAsync(options);
        var settings = new SlackSettings([options.SigningSecret], Emulate.Token, AppToken: null, Install: null, between.ApiBaseUrl, PublicUrl: null, SlackSettings.DefaultCommand);
        var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, slack: settings);
        signing.DeliverTo(service.Address);
        return new EmulateInstallation(slack, between, signing, service);
    }

    public async Task<string> ChannelAsync() =>
        (await Slack.CallAsync("conversations.open", $$"""{"users":"{{Emulate.Candidate}}"}""")).GetProperty("channel").GetProperty("id").GetString()!;

    /// <summary>The slash command, with a trigger that emulate gives and takes.</summary>
    public async Task<SlackReplyTo> CommandAsync()
    {
        var trigger = (await Slack.CallAsync("views.generateTriggerId", $$"""{"user_id":"{{Emulate.Candidate}}"}""")).GetProperty("trigger_id").GetString()!;
        return await SendAsync("/slack/commands", new()
        {
            ["team_id"] = Emulate.Team,
            ["user_id"] = Emulate.Candidate,
            ["channel_id"] = "D0",
            ["command"] = SlackSettings.DefaultCommand,
            ["text"] = "",
            ["trigger_id"] = trigger,
        });
    }

    /// <summary>The start form as it is sent when everything is chosen.</summary>
    public Task<SlackReplyTo> SubmitStartAsync()
    {
        static object Chosen(string name, string value) => new Dictionary<string, object> { [name] = new { selected_option = new { value } } };
        return SendAsync("/slack/interactions", new()
        {
            ["payload"] = JsonSerializer.Serialize(new
            {
                type = "view_submission",
                team = new { id = Emulate.Team },
                user = new { id = Emulate.Candidate, team_id = Emulate.Team },
                view = new
                {
                    id = "V0START",
                    callback_id = "start_interview",
                    state = new { values = new { problem = Chosen("problem", SmallContent.Problem), level = Chosen("level", "mid"), mode = Chosen("mode", "practice") } },
                },
            }),
        });
    }

    /// <summary>Says something in the thread, and gives what the bot posted after it.</summary>
    public async Task<JsonElement> SayAndHearAsync(string channel, string thread, string text)
    {
        var before = (await Slack.MessagesAsync(channel, thread)).Count;
        await SayAsync(channel, thread, text);
        return (await UntilAsync(() => Slack.MessagesAsync(channel, thread), all => all.Count > before))[before];
    }

    public async Task SayAsync(string channel, string thread, string text)
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeSeconds()}.{++_said:D6}");
        var body = JsonSerializer.Serialize(new
        {
            type = "event_callback",
            team_id = Emulate.Team,
            event_id = $"Ev0{_said}",
            @event = new { type = "message", channel_type = "im", channel, user = Emulate.Candidate, text, ts, thread_ts = thread },
        });
        (await _signing.SendRawAsync("/slack/events", body, "application/json")).Status.ShouldBe(200);
    }

    public async Task<T> UntilAsync<T>(Func<Task<T>> now, Func<T, bool> expected)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = await now();
            if (expected(found))
                return found;
            limit.IsCancellationRequested.ShouldBeFalse($"it stayed like this: {found}; called: {string.Join(", ", Between.Calls.TakeLast(20))}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _signing.DisposeAsync();
        await Between.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private async Task<SlackReplyTo> SendAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        var reply = await _signing.SendRawAsync(path, await content.ReadAsStringAsync(), "application/x-www-form-urlencoded");
        return new SlackReplyTo(reply.Status, reply.Body);
    }
}

/// <summary>What the service answered at once.</summary>
internal sealed record SlackReplyTo(int Status, string Body);
