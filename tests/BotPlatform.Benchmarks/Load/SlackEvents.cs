using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Benchmarks.Load;

/// <summary>Messages in threads of interviews, as Slack sends them: the same number is the same message.</summary>
internal sealed class SlackEvents(IReadOnlyList<(string User, string Channel, string Thread)> threads)
{
    public const string Team = "T0BENCH1";
    public const string Secret = "signing-secret-of-the-benchmark";
    private const string Text = "We predict how likely someone is to watch most of a video, because a click alone rewards misleading titles; a logistic loss on that label is the start.";

    public HttpRequestMessage Request(Uri to, int number)
    {
        var (user, channel, thread) = threads[number % threads.Count];
        var ts = string.Create(CultureInfo.InvariantCulture, $"{1_800_000_000 + (number / 1_000_000)}.{number % 1_000_000:D6}");
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            token = "verification-token-of-old",
            team_id = Team,
            context_team_id = Team,
            api_app_id = "A0APP1",
            @event = new
            {
                user,
                type = "message",
                ts,
                client_msg_id = $"00000000-0000-4000-8000-{number:x12}",
                text = Text,
                team = Team,
                thread_ts = thread,
                parent_user_id = "U0BOT1",
                blocks = new[] { new { type = "rich_text", block_id = "b1", elements = new[] { new { type = "rich_text_section", elements = new[] { new { type = "text", text = Text } } } } } },
                channel,
                event_ts = ts,
                channel_type = "im",
            },
            type = "event_callback",
            event_id = $"Ev0{number:X8}",
            event_time = 1_800_000_000,
            authorizations = new[] { new { team_id = Team, user_id = "U0BOT1", is_bot = true, is_enterprise_install = false } },
            is_ext_shared_channel = false,
            event_context = $"4-{number:x8}",
        });
        return Signed(new Uri(to, "/slack/events"), body, "application/json");
    }

    public static HttpRequestMessage Signed(Uri to, byte[] body, string type)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TryAddWithoutValidation(Signature.TimestampHeader, at);
        request.Headers.TryAddWithoutValidation(Signature.SignatureHeader, Signature.Of(Secret, at, body));
        return request;
    }

    /// <summary>The start form, filled in by somebody.</summary>
    public static HttpRequestMessage Start(Uri to, string user, string problem)
    {
        static object Chosen(string name, string value) => new Dictionary<string, object> { [name] = new { selected_option = new { value } } };
        var payload = JsonSerializer.Serialize(new
        {
            type = "view_submission",
            team = new { id = Team },
            user = new { id = user },
            view = new { id = "V" + user, callback_id = "start_interview", state = new { values = new { problem = Chosen("problem", problem), level = Chosen("level", "senior"), mode = Chosen("mode", "practice") } } },
        });
        return Signed(new Uri(to, "/slack/interactions"), Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload)), "application/x-www-form-urlencoded");
    }
}
