using System.Text.RegularExpressions;

namespace BotPlatform.Adapters.Content;

/// <summary>The form of term patterns: what <c>rubrics/README.md</c> describes, without matching anything.</summary>
internal static partial class TermSyntax
{
    private const int MostSides = 3;

    private static readonly string[] Quantities = ["number", "percent", "duration", "count", "size", "rate", "money"];

    /// <summary>What is wrong with the pattern, or null.</summary>
    public static string? Fault(string pattern) => Brackets(pattern) ?? Quantity(pattern) ?? Parts(pattern);

    private static string? Brackets(string pattern)
    {
        var open = new Stack<char>();
        foreach (var letter in pattern)
        {
            if (letter is '(' or '[')
                open.Push(letter);
            else if (letter is ')' or ']' && (!open.TryPop(out var opened) || (opened == '(') != (letter == ')')))
                return $"\"{letter}\" closes nothing";
            else if (letter == '|' && !open.Contains('('))
                return "\"|\" stands outside of ( )";
        }

        return open.TryPeek(out var left) ? $"\"{left}\" is never closed" : null;
    }

    private static string? Quantity(string pattern)
    {
        foreach (var token in Angled().Matches(pattern).Select(m => m.Value))
        {
            if (!Quantities.Contains(token.Trim('<', '>')) || token[^1] != '>')
                return $"{Shown.Quote(token)} is none of {string.Join(", ", Quantities.Select(q => $"<{q}>"))}";
        }

        return null;
    }

    private static string? Parts(string pattern)
    {
        if (EmptyChoice().IsMatch(pattern))
            return "a choice is empty";
        if (InnerStar().IsMatch(pattern))
            return "\"*\" stands elsewhere than at the end of a word";
        var sides = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(
            new List<List<string>> { new() },
            (all, word) =>
            {
                if (word == "&")
                    all.Add([]);
                else
                    all[^1].Add(word);
                return all;
            });
        if (sides.Count > MostSides)
            return $"\"&\" joins at most {MostSides} sides";
        if (sides.Exists(side => side.Count == 0))
            return "a side of \"&\" is empty";
        return sides.Exists(side => side[0] == ".." || side[^1] == "..") ? "\"..\" needs a word on both sides" : null;
    }

    [GeneratedRegex("<[^> ]*>?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Angled();

    [GeneratedRegex(@"[(|\[]\s*[)|\]]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyChoice();

    [GeneratedRegex(@"\*[^\s)|\]]|(^|[\s(|\[])\*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InnerStar();
}
