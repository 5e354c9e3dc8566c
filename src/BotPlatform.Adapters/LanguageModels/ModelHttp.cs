using System.Net.Http.Headers;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>
/// The HTTP below every provider's library: statuses and sizes are judged here, once for all of them, because not
/// every library passes on what a server asked for.
/// </summary>
internal sealed class ModelHttp(TimeProvider time) : DelegatingHandler(new SocketsHttpHandler
{
    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    AllowAutoRedirect = false,
})
{
    /// <summary>A grade is a few thousand tokens; what is longer than this is no grade.</summary>
    private const int MostBytes = 1024 * 1024;

    public static HttpClient Client(TimeProvider time) => new(new ModelHttp(time)) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                throw new ModelFailedException(ModelFailure.OfStatus(response.StatusCode, Wait(response.Headers.RetryAfter)));
        }

        var body = new MemoryStream();
        await using (var stream = await response.Content.ReadAsStreamAsync(cancellationToken))
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (body.Length + read > MostBytes)
                {
                    response.Dispose();
                    throw new ModelFailedException(new ModelFailure(FailureKind.TooLarge));
                }

                body.Write(buffer, 0, read);
            }
        }

        body.Position = 0;
        var whole = new StreamContent(body);
        whole.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content = whole;
        return response;
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
