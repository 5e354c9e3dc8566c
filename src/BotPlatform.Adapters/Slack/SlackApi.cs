using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Slack;

/// <summary>What came of a call of Slack's Web API.</summary>
public abstract record SlackReply
{
    public sealed record Done(JsonElement Body) : SlackReply
    {
        /// <summary>A string of the reply; null when it is not there.</summary>
        public string? Text(params ReadOnlySpan<string> path)
        {
            var at = Body;
            for (var i = 0; i < path.Length - 1; i++)
            {
                if (at.Object(path[i]) is not { } inner)
                    return null;
                at = inner;
            }

            return at.Text(path[^1]);
        }

        /// <summary>The keys that our own posts in a list of messages carry, each with its message's timestamp.</summary>
        public IEnumerable<(string Key, string Ts)> Posts(string eventType) =>
            from message in Body.Objects("messages")
            let metadata = message.Object("metadata")
            where metadata?.Text("event_type") == eventType
            let key = metadata?.Object("event_payload")?.Text("key")
            let ts = message.Text("ts")
            where key is not null && ts is not null
            select (key, ts);
    }

    /// <summary>Slack said no, and nothing was done.</summary>
    /// <param name="Error">Slack's own word for it.</param>
    public sealed record Refused(string Error) : SlackReply;

    /// <summary>Too many calls: nothing was done, and nothing will be before this time is over.</summary>
    public sealed record Limited(TimeSpan RetryAfter) : SlackReply;

    /// <summary>Nothing reached Slack.</summary>
    public sealed record NotSent(string Why) : SlackReply;

    /// <summary>It may have been done or not: the answer did not arrive, or was none.</summary>
    public sealed record Unknown(string Why) : SlackReply;
}

/// <summary>Slack's Web API: one method a call, JSON both ways.</summary>
/// <param name="http">Its timeout is how long a call may take.</param>
/// <param name="baseUrl">Ends with a slash; <c>https://slack.com/api/</c>.</param>
public sealed class SlackApi(HttpClient http, Uri baseUrl)
{
    private static readonly TimeSpan WhenNotSaid = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <param name="token">Null for methods that take none.</param>
    public Task<SlackReply> CallAsync(string method, string? token, JsonObject arguments, CancellationToken cancellation)
    {
        var content = new StringContent(arguments.ToJsonString(), Encoding.UTF8, "application/json");
        return SendAsync(new Uri(baseUrl, method), token is null ? null : new AuthenticationHeaderValue("Bearer", token), content, cancellation);
    }

    /// <summary>For the methods that read nothing but a form.</summary>
    public Task<SlackReply> CallWithFormAsync(
        string method, AuthenticationHeaderValue? authorization, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancellation) =>
        SendAsync(new Uri(baseUrl, method), authorization, new FormUrlEncodedContent(arguments), cancellation);

    /// <summary>Answers a command or a click at the address that came with it.</summary>
    public async Task<SlackReply> RespondAsync(Uri responseUrl, JsonObject message, CancellationToken cancellation) =>
        await SendAsync(responseUrl, authorization: null, new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json"), cancellation);

    private async Task<SlackReply> SendAsync(Uri url, AuthenticationHeaderValue? authorization, HttpContent content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Authorization = authorization;
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return new SlackReply.Limited(Wait(response.Headers));
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                return new SlackReply.Unknown($"Slack answered {(int)response.StatusCode}");
            return Read(body);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new SlackReply.NotSent($"Slack cannot be reached ({e.HttpRequestError})");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or IOException or TaskCanceledException)
        {
            return new SlackReply.Unknown(e is TaskCanceledException ? "Slack did not answer in time" : $"the connection broke ({e.GetType().Name})");
        }
    }

    private static SlackReply Read(byte[] body)
    {
        // An address that answers a click says "ok" and nothing else.
        if (body.Length == 0 || body.AsSpan().SequenceEqual("ok"u8))
            return new SlackReply.Done(default);
        if (Fields.Parse(body) is not { } json)
            return new SlackReply.Unknown("Slack's answer is no JSON");
        if (json.Is("ok"))
            return new SlackReply.Done(json);
        var error = json.Text("error") ?? "unknown_error";
        return error is "ratelimited" or "rate_limited" ? new SlackReply.Limited(WhenNotSaid)
            : error is "team_added_to_org" or "accesslimited" ? new SlackReply.NotSent($"Slack answered {error}")
            : error is "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" ? new SlackReply.Unknown($"Slack answered {error}")
            : new SlackReply.Refused(error.Length <= 80 ? error : "unknown_error");
    }

    private static TimeSpan Wait(HttpResponseHeaders headers)
    {
        var seconds = headers.TryGetValues("Retry-After", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var told) && told is >= 0 and <= 86_400
                ? TimeSpan.FromSeconds(told)
                : WhenNotSaid;
        return seconds < LongestWait ? seconds : LongestWait;
    }
}
