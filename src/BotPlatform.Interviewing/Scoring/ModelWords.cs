using System.Globalization;
using System.Text;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>A model's own sentences, made fit to be shown to a candidate: plain, short, and without words of hiring.</summary>
internal static class ModelWords
{
    private const int Longest = 400;

    private static readonly string[] OfHiring =
        ["hire", "hiring", "strong yes", "strong no", "below mid", "reject", "weak candidate", "strong candidate"];

    /// <summary>One line without control or format characters; empty where it speaks of hiring.</summary>
    public static string Plain(string words)
    {
        var plain = new StringBuilder();
        foreach (var rune in words.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || kind is UnicodeCategory.Control)
                plain.Append(plain.Length > 0 && plain[^1] != ' ' ? " " : "");
            else if (kind is not (UnicodeCategory.Format or UnicodeCategory.Surrogate))
                plain.Append(rune.ToString());
            if (plain.Length >= Longest)
                break;
        }

        var text = plain.ToString().Trim();
        var spaced = new string([.. text.Select(c => c == '_' || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation ? ' ' : c)]);
        return Array.Exists(OfHiring, w => spaced.Contains(w, StringComparison.OrdinalIgnoreCase)) ? "" : text;
    }
}
