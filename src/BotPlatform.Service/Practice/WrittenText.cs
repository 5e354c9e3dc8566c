using System.Text.RegularExpressions;

namespace BotPlatform.Service.Practice;

/// <summary>A paragraph of what was written, or a block of code.</summary>
public readonly record struct TextPart(bool IsCode, string Text);

/// <summary>What people write, for pages without scripts; the same as <c>text.js</c> makes of it.</summary>
public static partial class WrittenText
{
    /// <summary>Paragraphs, and blocks of code between lines of three backticks.</summary>
    public static IReadOnlyList<TextPart> Parts(string text)
    {
        var parts = new List<TextPart>();
        foreach (var (i, part) in Fence().Split(text.ReplaceLineEndings("\n")).Index())
        {
            if (i % 2 == 1)
                parts.Add(new TextPart(true, part.EndsWith('\n') ? part[..^1] : part));
            else
                parts.AddRange(Gap().Split(part.Trim()).Select(p => new TextPart(false, p)));
        }

        parts.RemoveAll(p => p.Text.Length == 0);
        return parts;
    }

    [GeneratedRegex(@"^[ \t]*```[^\n]*$\n?", RegexOptions.Multiline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\n{2,}", RegexOptions.None, 1000)]
    private static partial Regex Gap();
}
