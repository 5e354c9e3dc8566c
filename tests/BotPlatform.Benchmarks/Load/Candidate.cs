using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace BotPlatform.Benchmarks.Load;

/// <summary>One person in one interview, with or without the page open.</summary>
internal sealed class Candidate(HttpClient http, string session, int leaveAfter)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Answers =
    [
        "I assume 60 million people a day and about 10,000 requests a second at the peak, so the list has to be there within 200 ms at p99.",
        "We predict how likely someone is to watch most of a video, because a click alone rewards misleading titles; a logistic loss on that label is the start.",
        "The training data are the shown lists with position, click and watch time; labels come with a delay of a day, and we split by time so that nothing leaks from the future.",
        "First a two-tower model retrieves some 500 candidates by nearest neighbours, then gradient boosted trees rank them; compared with one large model that keeps the cost of a request low.",
        "Offline I would look at NDCG and at calibration, online at returning users in an A/B test over two weeks, with watch time and reports as guardrails.",
        "Features come from a feature store with a freshness of a minute; the ranker runs on CPU in batches, and when it fails we fall back to what is popular in the country.",
        "We watch the distribution of features and predictions each hour, and someone is woken when calibration is off by more than 10 percent for half an hour; then we roll back.",
    ];

    private readonly SemaphoreSlim _heard = new(0);
    private int _said;

    /// <summary>Begins an interview, and opens its page when it is to be watched.</summary>
    public static async Task<Candidate> BeginAsync(HttpClient http, LoadOptions options, int leaveAfter, CancellationToken cancellation)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/sessions", new { problem = options.Problem, level = "senior" }, cancellation);
        response.EnsureSuccessStatusCode();
        var created = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var candidate = new Candidate(http, created.GetProperty("id").GetString()!, leaveAfter);
        if (options.Watched)
            _ = candidate.WatchAsync(created.GetProperty("version").GetInt32(), cancellation);
        return candidate;
    }

    /// <summary>Sends the next answer; false when the interview is over.</summary>
    public async Task<bool> SayAsync(CancellationToken cancellation)
    {
        if (_said == leaveAfter)
            return false;
        var n = _said++;
        var message = new { id = n.ToString(CultureInfo.InvariantCulture), text = Answers[n % Answers.Length] };
        using var response = await http.PostAsJsonAsync($"/api/v1/sessions/{session}/messages", message, cancellation);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Waits for the interviewer's next turn.</summary>
    public async Task HearAsync(CancellationToken cancellation)
    {
        if (!await _heard.WaitAsync(Patience, cancellation))
            throw new TimeoutException($"no reply within {Patience.TotalSeconds} s");
    }

    private async Task WatchAsync(int from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{session}/events")
        {
            Headers = { { "Last-Event-ID", from.ToString(CultureInfo.InvariantCulture) } },
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
        {
            if (item.EventType == "turn" && item.Data.Contains("\"speaker\":\"interviewer\"", StringComparison.Ordinal))
                _heard.Release();
            else if (item.EventType == "session" && item.Data.Contains("\"state\":\"ended\"", StringComparison.Ordinal))
                return;
        }
    }
}
