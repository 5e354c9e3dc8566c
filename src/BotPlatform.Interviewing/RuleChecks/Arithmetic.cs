namespace BotPlatform.Interviewing.RuleChecks;

/// <param name="First">Index of the first token of the statement; <paramref name="Last"/> of the last.</param>
/// <param name="Stated">The result as stated; <paramref name="Computed"/> as it comes out.</param>
internal readonly record struct WrongResult(int First, int Last, double Stated, double Computed);

/// <summary>
/// Arithmetic stated in a text ("60M * 5 = 300M") that is off by more than a factor of three. A change of unit that
/// people make in passing (days to seconds, bytes to bits) is allowed for.
/// </summary>
internal static class Arithmetic
{
    private const double Tolerance = 3;
    private const int LongestLink = 5;
    private const double FarApart = 10_000;
    private static readonly double[] UnitChanges = [1, 86400, 3600, 60, 24, 7, 30, 365, 1000, 1e6, 1e9, 8, 100, 1024];

    /// <summary>The results that do not come out, and whether any does.</summary>
    public static (List<WrongResult> Wrong, bool AnyRight) Of(List<Token> tokens, List<Figure> figures)
    {
        var wrong = new List<WrongResult>();
        var right = false;
        for (var i = 0; i + 2 < figures.Count; i++)
        {
            var (computed, last) = Product(tokens, figures, i);
            if (last == i || last + 1 >= figures.Count || ContinuesAProduct(tokens, figures[i]) || !Between(tokens, figures[last], figures[last + 1], IsEquals))
                continue;
            var stated = figures[last + 1].Value;
            if (computed > 0 && stated > 0 && !Plausible(computed, stated) && !LeavesSomethingOut(computed, stated))
                wrong.Add(new WrongResult(figures[i].First, figures[last + 1].Last, stated, computed));
            else if (computed > 0 && stated > 0)
                right |= Plausible(computed, stated);
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

    private static bool Plausible(double computed, double stated) =>
        UnitChanges.Any(u => Near(computed * u, stated) || Near(computed / u, stated));

    // So far apart that a factor was left unsaid rather than wrong.
    private static bool LeavesSomethingOut(double computed, double stated) =>
        stated / computed is > FarApart or < 1 / FarApart;

    private static bool Near(double a, double b) => a / b is >= 1 / Tolerance and <= Tolerance;
}
