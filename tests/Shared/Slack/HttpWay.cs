using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Signed requests to the service's own addresses.</summary>
internal sealed class HttpWay(SlackOptions options) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly SemaphoreSlim _places = new(options.DeliveriesAtOnce);

    public Uri? Service { get; set; }

    public Task<SlackReply> SendAsync(Outgoing what, int retry, string? reason, CancellationToken stopping)
    {
        List<(string, string)> headers = [];
        if (retry > 0) headers.AddRange([("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture)), ("X-Slack-Retry-Reason", reason!)]);
        return SendAsync(what.Path, what.Body, what.ContentType, null, null, headers, stopping);
    }

    /// <param name="timestamp">Null for now.</param>
    /// <param name="secret">Null for the app's own; empty for no signature.</param>
    /// <param name="headers">What is named here stands in the place of what would be sent.</param>
    public async Task<SlackReply> SendAsync(
        string path, string body, string contentType, string? timestamp, string? secret, IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken stopping)
    {
        var service = Service ?? throw new InvalidOperationException("nobody said where the service is");
        await _places.WaitAsync(stopping);
        using var late = new CancellationTokenSource(options.AcknowledgeWithin, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, path));
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            Sign(request, body, timestamp, secret);
            foreach (var (name, value) in headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return new SlackReply((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType,
                response.IsSuccessStatusCode ? null : "http_error")
            {
                NoRetry = response.Headers.TryGetValues("X-Slack-No-Retry", out var values) && values.Contains("1"),
            };
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new SlackReply(0, "", null, "http_timeout");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new SlackReply(0, "", null, "connection_failed");
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private void Sign(HttpRequestMessage request, string body, string? timestamp, string? secret)
    {
        var time = timestamp ?? options.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (time.Length > 0) request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", time);
        if (secret is "") return;
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", Signature.Of(secret ?? options.SigningSecret, time, body));
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
    }
}
