using System.Globalization;

namespace BotPlatform.Interviewing.RuleChecks;

internal enum QuantityKind
{
    Number,
    Percent,
    Duration,
    Count,
    Size,
    Rate,
    Money,
}

/// <summary>A figure with its unit. Durations are in seconds, sizes in bytes, rates per second, percents as shares.</summary>
/// <param name="First">Index of its first token; <paramref name="Last"/> of its last.</param>
internal readonly record struct Figure(int First, int Last, double Value, QuantityKind Kind);

/// <summary>Finds figures: "500M users", "58k QPS", "p99 200 ms", "2 TB/day", "0.5%".</summary>
internal static class Quantities
{
    private static readonly Dictionary<string, double> Multipliers = new(StringComparer.Ordinal)
    {
        ["k"] = 1e3,
        ["m"] = 1e6,
        ["mil"] = 1e6,
        ["mio"] = 1e6,
        ["mn"] = 1e6,
        ["million"] = 1e6,
        ["b"] = 1e9,
        ["bn"] = 1e9,
        ["billion"] = 1e9,
        ["t"] = 1e12,
        ["trillion"] = 1e12,
        ["thousand"] = 1e3,
        ["hundred"] = 100,
    };

    private static readonly Dictionary<string, double> Durations = new(StringComparer.Ordinal)
    {
        ["ms"] = 1e-3,
        ["millisecond"] = 1e-3,
        ["milliseconds"] = 1e-3,
        ["us"] = 1e-6,
        ["s"] = 1,
        ["second"] = 1,
        ["seconds"] = 1,
        ["min"] = 60,
        ["minute"] = 60,
        ["minutes"] = 60,
        ["h"] = 3600,
        ["hour"] = 3600,
        ["hours"] = 3600,
        ["d"] = 86400,
        ["day"] = 86400,
        ["days"] = 86400,
        ["week"] = 604800,
        ["weeks"] = 604800,
        ["month"] = 2.6e6,
        ["months"] = 2.6e6,
        ["year"] = 3.15e7,
        ["years"] = 3.15e7,
    };

    private static readonly Dictionary<string, double> Sizes = new(StringComparer.Ordinal)
    {
        ["kb"] = 1e3,
        ["mb"] = 1e6,
        ["gb"] = 1e9,
        ["tb"] = 1e12,
        ["pb"] = 1e15,
        ["byte"] = 1,
        ["bytes"] = 1,
    };

    private static readonly HashSet<string> Rates = new(StringComparer.Ordinal) { "qps", "rps", "tps" };

    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "users", "user", "people", "customers", "items", "images", "videos", "posts", "documents", "rows", "examples", "events", "requests",
        "queries", "impressions", "clicks", "listings", "orders", "transactions", "products", "stores", "sessions", "labels", "candidates",
        "records", "messages", "ads", "articles", "pages", "accounts", "pairs", "samples", "reviewers", "annotators", "slots", "features",
        "dimensions", "dims", "dim", "dau", "mau", "gpus", "gpu", "machines", "servers", "nodes", "shards", "replicas", "tickets", "trips",
        "merchants", "drivers", "skus", "sku", "series", "chunks", "tokens", "faces", "panoramas", "members", "edges", "parameters", "layers",
    };

    /// <summary>Words that make a figure of a number.</summary>
    public static IEnumerable<string> Units => Multipliers.Keys.Concat(Durations.Keys).Concat(Sizes.Keys).Concat(Counted).Append("percent");

    public static List<Figure> Of(List<Token> tokens)
    {
        var figures = new List<Figure>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsNumber && Read(tokens, i) is { } figure)
            {
                figures.Add(figure);
                i = figure.Last;
            }
        }

        return figures;
    }

    private static Figure? Read(List<Token> tokens, int i)
    {
        var written = tokens[i].Plain;
        var digits = 0;
        while (digits < written.Length && (char.IsAsciiDigit(written[digits]) || written[digits] is '.' or ','))
            digits++;
        if (!double.TryParse(written.AsSpan(0, digits), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value))
            return null;
        var unit = written[digits..];
        var last = i;
        if (unit.Length == 0 && Next(tokens, i) is { } next && Multipliers.ContainsKey(next) && Adjacent(tokens, i))
            (unit, last) = (next, i + 1);
        if (Multipliers.TryGetValue(unit, out var multiplier) && !(unit == "m" && written[digits..].Length == 0))
            (value, unit) = (value * multiplier, "");
        if (unit.Length == 0 && Next(tokens, last) is { } after)
            (unit, last) = IsUnit(after) ? (after, last + 1) : (unit, last);
        return Classify(tokens, i, last, value, unit);
    }

    private static Figure? Classify(List<Token> tokens, int first, int last, double value, string unit)
    {
        if (first > 0 && tokens[first - 1].Plain is "$" or "€" or "£")
            return new Figure(first, last, value, QuantityKind.Money);
        // "100% sure" measures nothing.
        if (unit is "%" or "percent" && last + 1 < tokens.Count && tokens[last + 1].Plain is "sure" or "certain" or "confident" or "convinced" or "positive")
            return null;
        if (unit is "%" or "percent" or "pct" or "pp")
            return new Figure(first, last, value / 100, QuantityKind.Percent);
        if (Rates.Contains(unit) || PerSecond(tokens, last))
            return new Figure(first, last, value * Sizes.GetValueOrDefault(unit, 1), QuantityKind.Rate);
        if (Durations.TryGetValue(unit, out var seconds))
            return new Figure(first, last, value * seconds, QuantityKind.Duration);
        if (Sizes.TryGetValue(unit, out var bytes))
            return new Figure(first, last, value * bytes, QuantityKind.Size);
        if (Counted.Contains(unit))
            return new Figure(first, last, value, QuantityKind.Count);
        return unit.Length == 0 || unit is "x" ? new Figure(first, last, value, QuantityKind.Number) : null;
    }

    private static bool PerSecond(List<Token> tokens, int last) =>
        last + 2 < tokens.Count && tokens[last + 1].Plain is "/" or "per" or "a" && tokens[last + 2].Plain is "s" or "sec" or "second";

    private static bool IsUnit(string word) =>
        word is "%" or "percent" or "pct" or "pp" || Rates.Contains(word) || Durations.ContainsKey(word) || Sizes.ContainsKey(word) || Counted.Contains(word);

    private static string? Next(List<Token> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].Sentence == tokens[i].Sentence ? tokens[i + 1].Plain : null;

    private static bool Adjacent(List<Token> tokens, int i) => tokens[i + 1].Start - tokens[i].End <= 1;
}
