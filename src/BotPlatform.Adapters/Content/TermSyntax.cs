namespace BotPlatform.Adapters.Content;

/// <summary>The form of term patterns: what <c>rubrics/README.md</c> describes, without matching anything.</summary>
internal static class TermSyntax
{
    private static readonly string[] Quantities = ["number", "percent", "duration", "count", "size", "rate", "money"];

    /// <summary>What is wrong with the pattern, or null.</summary>
    public static string? Fault(string pattern)
    {
        var open = new Stack<char>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(' or '[':
                    open.Push(pattern[i]);
                    break;
                case ')' or ']' when !open.TryPop(out var opened) || (opened == '(') != (pattern[i] == ')'):
                    return $"\"{pattern[i]}\" closes nothing";
                case '<':
                    var end = pattern.IndexOf('>', i);
                    var name = end < 0 ? pattern[(i + 1)..] : pattern[(i + 1)..end];
                    if (end < 0 || !Quantities.Contains(name))
                        return $"{Shown.Quote("<" + name)} is none of {string.Join(", ", Quantities.Select(q => $"<{q}>"))}";
                    break;
            }
        }

        if (open.TryPeek(out var left))
            return $"\"{left}\" is never closed";
        var sides = pattern.Split(" & ");
        return sides.Length > 3 ? "\"&\" joins at most three sides" : null;
    }
}
