using System.Collections.Frozen;
using System.Globalization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Figures that later answers must agree with: the time a request may take, and how many people use it in a day.
/// What the interviewer told counts like what the candidate set.
/// </summary>
internal static class Claims
{
    public const string Latency = "latency";
    public const string DailyUsers = "daily-users";

    // A path that takes a little longer than asked for is a rounding; daily users may be rounded to the next figure.
    private const double LatencyTolerance = 1.3;
    private const double UsersTolerance = 3;
    private const double LongestRequest = 30;
    private const int Reach = 3;

    private const string Total = "latency-total";

    private static readonly FrozenSet<string> Asked = Set("p50", "p90", "p95", "p99", "latency", "within", "budget", "under", "below", "respond", "response", "answer");
    private static readonly FrozenSet<string> Totals = Set("total", "sum", "altogether", "overall", "adds", "together", "whole", "end");
    private static readonly FrozenSet<string> Daily = Set("daily", "day", "dau");
    private static readonly FrozenSet<string> Users = Set("users", "people", "viewers", "members", "customers", "dau", "actives", "riders", "buyers", "readers", "active");

    /// <summary>What a question of the interviewer settles, as the candidate will be held to it.</summary>
    public static IEnumerable<Finding> Told(Reading reading) => Made(reading, []).Where(c => c.Id is Latency or DailyUsers);

    /// <summary>What an answer settles, where it disagrees with what was settled before, and where it agrees again.</summary>
    /// <param name="settled">By id.</param>
    /// <param name="open">Ids of contradictions that were not taken back.</param>
    public static IEnumerable<Finding> In(
        Reading reading, Dictionary<int, string> worthless, IReadOnlyDictionary<string, double> settled, IReadOnlySet<string> open)
    {
        foreach (var claim in Made(reading, worthless))
        {
            var id = claim.Id == Total ? Latency : claim.Id;
            if (!settled.TryGetValue(id, out var known))
            {
                if (claim.Id != Total)
                    yield return claim;
                continue;
            }

            var value = double.Parse(claim.Detail!, CultureInfo.InvariantCulture);
            var agrees = claim.Id == Total ? value <= known * LatencyTolerance
                : id == Latency || Math.Max(value / known, known / value) <= UsersTolerance;
            if (!agrees)
                yield return new Finding(FindingKind.Contradiction, id, Strength.Named, claim.Span, Matter(id, value, known));
            else if (open.Contains(id))
                yield return new Finding(FindingKind.Correction, id, Strength.Named, claim.Span);
        }
    }

    /// <summary>The first figure claimed for each id.</summary>
    public static Dictionary<string, double> Settled(IEnumerable<Finding> findings)
    {
        var settled = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var claim in findings.Where(f => f.Kind == FindingKind.Claim))
        {
            if (double.TryParse(claim.Detail, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                settled.TryAdd(claim.Id, value);
        }

        return settled;
    }

    private static IEnumerable<Finding> Made(Reading reading, Dictionary<int, string> worthless)
    {
        foreach (var figure in reading.Figures)
        {
            var n = reading.SentenceOf(figure.First);
            if (worthless.ContainsKey(n) || (reading.Sentences[n].IsQuestion && reading.Speaker == Speaker.Candidate))
                continue;
            var id = figure switch
            {
                { Kind: QuantityKind.Duration, Value: < LongestRequest } when Near(reading, figure, Totals) && reading.Step == Step.Serving => Total,
                { Kind: QuantityKind.Duration, Value: < LongestRequest } when Near(reading, figure, Asked) && SetsALimit(reading) => Latency,
                { Kind: QuantityKind.Count } when Near(reading, figure, Users) && Near(reading, figure, Daily) => DailyUsers,
                _ => null,
            };
            if (id is not null)
                yield return new Finding(FindingKind.Claim, id, Strength.Quantified, reading.SpanOf(figure.First, figure.Last), figure.Value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    // A limit is set with the requirements, or told in any step.
    private static bool SetsALimit(Reading reading) => reading.Speaker == Speaker.Interviewer || reading.Step == Step.Requirements;

    private static bool Near(Reading reading, Figure figure, FrozenSet<string> words)
    {
        var sentence = reading.Sentences[reading.SentenceOf(figure.First)];
        for (var i = Math.Max(sentence.First, figure.First - Reach); i <= Math.Min(sentence.Last, figure.Last + Reach); i++)
        {
            if (words.Contains(reading.Tokens[i].Plain))
                return true;
        }

        return false;
    }

    // As it stands in "two things you said about …".
    private static string Matter(string id, double now, double before) => id == Latency
        ? string.Create(CultureInfo.InvariantCulture, $"the response time ({before * 1000:0.#} ms, then {now * 1000:0.#} ms)")
        : string.Create(CultureInfo.InvariantCulture, $"how many people use it in a day ({before:#,0}, then {now:#,0})");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
