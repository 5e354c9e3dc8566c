using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Figures that are more than a factor of ten outside of what the problem makes plausible. They are noted and cost
/// nothing: an assumption is the candidate's to make.
/// </summary>
internal static class OddFigures
{
    private const double Tolerance = 10;
    private const int FarthestTokens = 3;

    public static IEnumerable<Finding> In(RuleBook book, Reading reading, Dictionary<int, string> worthless)
    {
        var named = reading.Matches.Where(m => m.Owner.Use == TermUse.Quantity && !worthless.ContainsKey(reading.SentenceOf(m.First)))
            .ToLookup(m => m.Owner.Id, StringComparer.Ordinal);
        if (named.Count == 0)
            yield break;
        var said = reading.Figures.ToLookup(f => reading.SentenceOf(f.First));
        foreach (var quantity in book.Problem?.Quantities ?? [])
        {
            var figures = named[quantity.Id]
                .Where(m => IsNear(reading, m, quantity.Unit))
                .Select(m => reading.SentenceOf(m.First))
                .Distinct()
                .SelectMany(n => said[n].Where(f => IsOf(f, quantity.Unit)))
                .ToArray();
            // One that is plausible shows that the others are about something else.
            if (figures.Length > 0 && Array.TrueForAll(figures, f => IsOdd(f, quantity)))
                yield return new Finding(FindingKind.OddFigure, quantity.Id, Strength.Named, reading.Quote(figures[0].First));
        }
    }

    private static bool IsNear(Reading reading, TermMatch match, string unit)
    {
        for (var i = FirstFrom(reading.Figures, match.First - FarthestTokens); i < reading.Figures.Count; i++)
        {
            var figure = reading.Figures[i];
            if (figure.First - match.Last > FarthestTokens)
                return false;
            if (IsOf(figure, unit) && reading.SentenceOf(figure.First) == reading.SentenceOf(match.First))
                return true;
        }

        return false;
    }

    // The first figure that ends at a token or behind it.
    private static int FirstFrom(List<Figure> figures, int token)
    {
        var (low, high) = (0, figures.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = figures[middle].Last < token ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // A bare number is too often a place in a list; from a thousand on it counts something.
    private static bool IsOf(Figure figure, string unit) => unit switch
    {
        "qps" => figure.Kind == QuantityKind.Rate,
        "ms" or "s" or "min" or "hours" or "days" => figure.Kind == QuantityKind.Duration,
        "percent" => figure.Kind == QuantityKind.Percent,
        "bytes" => figure.Kind == QuantityKind.Size,
        "dollars" or "usd" => figure.Kind == QuantityKind.Money,
        _ => figure.Kind == QuantityKind.Count || (figure.Kind == QuantityKind.Number && figure.Value >= 1000),
    };

    private static bool IsOdd(Figure figure, Quantity quantity)
    {
        var value = figure.Value * PerUnit(quantity.Unit);
        return value > 0 && (value < quantity.Low / Tolerance || value > quantity.High * Tolerance);
    }

    private static double PerUnit(string unit) => unit switch
    {
        "ms" => 1000,
        "min" => 1 / 60.0,
        "hours" => 1 / 3600.0,
        "days" => 1 / 86400.0,
        "percent" => 100,
        _ => 1,
    };
}
