namespace BotPlatform.Interviewing.RuleChecks;

/// <param name="First">Index of the first token of the statement; <paramref name="Last"/> of the last.</param>
/// <param name="Stated">The result as stated; <paramref name="Computed"/> as it comes out.</param>
internal readonly record struct WrongResult(int First, int Last, double Stated, double Computed);

/// <summary>
/// Arithmetic stated in a text ("60M * 5 = 300M") that is off by more than a factor of three. What people leave out in
/// passing is allowed for: "million", days to seconds before a rate, bytes per number before a size, and a factor that
/// stands in the same sentence.
/// </summary>
internal static class Arithmetic
{
    private const double Tolerance = 3;
    private const int LongestLink = 5;
    private const double FarApart = 10_000;
    private const double Percent = 100;
    private static readonly double[] Magnitudes = [1, 1e3, 1e6, 1e9];
    private static readonly double[] Times = [604800, 86400, 3600, 60];
    private static readonly double[] Bytes = [2, 4, 8, 1024];

    /// <summary>The results that do not come out, and whether any does.</summary>
    public static (List<WrongResult> Wrong, bool AnyRight) Of(List<Token> tokens, List<Figure> figures)
    {
        var wrong = new List<WrongResult>();
        var right = false;
        for (var i = 0; i + 2 < figures.Count; i++)
        {
            if (ContinuesAProduct(tokens, figures[i]))
                continue;
            var (computed, last) = Product(tokens, figures, i);
            // Where a chain of factors comes to nothing, so does the rest of it.
            if (last == i || last + 1 >= figures.Count || !Between(tokens, figures[last], figures[last + 1], IsEquals))
            {
                i = last;
                continue;
            }

            var stated = figures[last + 1].Value;
            var plausible = Plausible(tokens, figures, i, last + 1, computed);
            if (computed > 0 && stated > 0 && !plausible && !LeavesSomethingOut(computed, stated))
                wrong.Add(new WrongResult(figures[i].First, figures[last + 1].Last, stated, computed));
            else if (computed > 0 && stated > 0)
                right |= plausible;
            i = last;
        }

        return (wrong, right);
    }

    private static (double Value, int Last) Product(List<Token> tokens, List<Figure> figures, int first)
    {
        var value = figures[first].Value;
        var i = first;
        for (; i + 1 < figures.Count; i++)
        {
            if (Between(tokens, figures[i], figures[i + 1], w => w is "*" or "×" or "x" or "times"))
                value *= figures[i + 1].Value;
            else if (Between(tokens, figures[i], figures[i + 1], w => w is "/" or "÷" or "over") && figures[i + 1].Value > 0)
                value /= figures[i + 1].Value;
            else
                break;
        }

        return (value, i);
    }

    // The factor before it was out of reach, so the product is not whole.
    private static bool ContinuesAProduct(List<Token> tokens, Figure first) =>
        first.First > 0 && tokens[first.First - 1].Plain is ("*" or "×" or "x" or "/" or "÷" or "+" or "times");

    private static bool IsEquals(string word) => word is "=" or "~" or "≈" or "is" or "about" or "roughly" or "→" or "makes" or "gives";

    // "60M users * 5", "x ~12 bytes": what is counted may stand before the sign, and "about" behind it.
    private static bool Between(List<Token> tokens, Figure left, Figure right, Func<string, bool> sign)
    {
        var at = right.First - 1;
        while (at > left.Last + 1 && IsAbout(tokens[at].Plain) && sign(tokens[at - 1].Plain))
            at--;
        if (at <= left.Last || right.First - left.Last > LongestLink || tokens[left.Last].Sentence != tokens[right.First].Sentence || !sign(tokens[at].Plain))
            return false;
        for (var i = left.Last + 1; i < at; i++)
        {
            if (tokens[i].IsSign || tokens[i].Plain is "per")
                return false;
        }

        return true;
    }

    private static bool IsAbout(string word) => word is "~" or "≈" or "about" or "roughly" or "$" or "€" or "£";

    private static bool Plausible(List<Token> tokens, List<Figure> figures, int first, int result, double computed)
    {
        var stated = figures[result];
        var left = figures.Skip(first).Take(result - first).ToArray();
        var changes = new List<double>(Magnitudes);
        var perTime = stated.Kind is QuantityKind.Rate or QuantityKind.Duration && !left.Any(f => Times.Contains(f.Value));
        if (perTime || left.Any(f => f.Kind == QuantityKind.Duration))
            changes.AddRange(Times);
        if (stated.Kind == QuantityKind.Size)
            changes.AddRange(Bytes);
        if (stated.Kind == QuantityKind.Percent || left.Any(f => f.Kind == QuantityKind.Percent))
            changes.Add(Percent);
        return changes.Exists(c => Near(computed * c, stated.Value) || Near(computed / c, stated.Value))
            || Sentence(tokens, figures, first, result).Any(f => Near(computed * f.Value, stated.Value));
    }

    // Other figures of the sentence, no farther than a sentence without an end is looked at.
    private static IEnumerable<Figure> Sentence(List<Token> tokens, List<Figure> figures, int first, int result)
    {
        const int Reach = 12;
        for (var i = Math.Max(0, first - Reach); i <= Math.Min(figures.Count - 1, result + Reach); i++)
        {
            if ((i < first || i > result) && tokens[figures[i].First].Sentence == tokens[figures[result].First].Sentence)
                yield return figures[i];
        }
    }

    // So far apart that a factor was left unsaid rather than wrong.
    private static bool LeavesSomethingOut(double computed, double stated) =>
        stated / computed is > FarApart or < 1 / FarApart;

    private static bool Near(double a, double b) => a / b is >= 1 / Tolerance and <= Tolerance;
}
