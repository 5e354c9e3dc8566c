using System.Text.RegularExpressions;

namespace BotPlatform.Adapters.Content;

/// <summary>The checks on single texts that both kinds of file share.</summary>
internal static partial class Checks
{
    private const int LongestProbe = 60;
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    public static string? Printable(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var lone = char.IsSurrogate(value[i]) && !char.IsSurrogatePair(value, i) && (i == 0 || !char.IsSurrogatePair(value, i - 1));
            if (lone || (char.IsControl(value[i]) && value[i] is not ('\n' or '\t')))
                return $"expected printable text, found the character U+{(int)value[i]:X4}";
        }

        return null;
    }

    public static string? Id(string value) =>
        IdForm().IsMatch(value)
            ? null
            : $"expected an id of lower-case letters, digits and single hyphens, found {Shown.Quote(value)}";

    public static string? PointId(string value) =>
        PointIdForm().IsMatch(value)
            ? null
            : $"expected a point's id of the form criterion.name, found {Shown.Quote(value)}";

    public static string? Version(string value) =>
        VersionForm().IsMatch(value) ? null : $"expected a version of the form 1.0.0, found {Shown.Quote(value)}";

    /// <summary>Each value only once; <paramref name="seen"/> belongs to one kind of thing in one file.</summary>
    public static Check Unique(HashSet<string> seen, string what) =>
        value => seen.Add(value) ? null : $"expected each {what} once, found {Shown.Quote(value)} again";

    public static Check Among(IReadOnlyCollection<string> known, string what) =>
        value => known.Contains(value) ? null : $"expected {what}, found {Shown.Quote(value)}{Nearest.Suggest(value, known)}";

    /// <summary>Different wording for each point; <paramref name="seen"/> maps the wording to its point.</summary>
    public static Check OwnWording(Dictionary<string, string> seen, string what, string point) =>
        value => seen.TryAdd(value, point)
            ? null
            : $"expected a {what} of its own for {Shown.Quote(point)}, found the one of {Shown.Quote(seen[value])}";

    public static string? Question(string value)
    {
        var marks = value.Count(c => c == '?');
        return marks == 1 ? null : $"expected exactly one question mark, found {marks}";
    }

    public static string? Probe(string value)
    {
        var words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return Question(value)
            ?? (words <= LongestProbe ? null : $"expected a probe of at most {LongestProbe} words, found {words}");
    }

    public static string? NoQuestion(string value) =>
        value.Contains('?', StringComparison.Ordinal) ? "expected no question in the opening, found a question mark" : null;

    public static string? OneLine(string value) =>
        value.Contains('\n', StringComparison.Ordinal) ? "expected one line, found several" : null;

    public static string? Term(string value) =>
        TermSyntax.Fault(value) is { } fault ? $"expected a term pattern, found {Shown.Quote(value)}: {fault}" : null;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", Plain, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[a-z-]+\.[a-z0-9]+(-[a-z0-9]+)*$", Plain, 1000)]
    private static partial Regex PointIdForm();

    [GeneratedRegex(@"^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){2}$", Plain, 1000)]
    private static partial Regex VersionForm();
}
