using System.Collections.Frozen;
using System.Text;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A word, number or sign of a text.</summary>
/// <param name="Start">In UTF-16 code units.</param>
/// <param name="Plain">Lower case, chat spelling written out.</param>
/// <param name="Stem">What patterns are compared with.</param>
/// <param name="Sentence">Number of the sentence, line or bullet it stands in.</param>
internal readonly record struct Token(int Start, int Length, string Plain, string Stem, int Sentence)
{
    public int End => Start + Length;

    public bool IsNumber => char.IsAsciiDigit(Plain[0]);

    public bool IsSign => !char.IsLetterOrDigit(Plain[0]);
}

/// <summary>Takes a text apart in one pass.</summary>
internal static class Tokens
{
    private const string Signs = "=~≈×*/÷+<>→%$€£";

    // Half of what people write are a few hundred words, whose forms are known.
    private static readonly FrozenDictionary<string, (string Plain, string Stem)>.AlternateLookup<ReadOnlySpan<char>> CommonWords =
        Everyday.Words.Distinct(StringComparer.Ordinal).ToFrozenDictionary(w => w, Forms, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>(text.Length / 5);
        var sentence = 0;
        var fresh = true;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (EndsSentence(text, i))
            {
                if (!fresh || (EndsParagraph(text, i) && tokens.Count > 0 && tokens[^1].Sentence == sentence))
                    sentence++;
                fresh = true;
                i++;
            }
            else if (char.IsLetterOrDigit(c))
            {
                var end = char.IsAsciiDigit(c) ? NumberEnd(text, i) : WordEnd(text, i);
                tokens.Add(Make(text, i, end, sentence));
                (i, fresh) = (end, false);
            }
            else
            {
                if (Signs.Contains(c, StringComparison.Ordinal))
                    tokens.Add(new Token(i, 1, c.ToString(), c.ToString(), sentence));
                i++;
            }
        }

        return tokens;
    }

    private static Token Make(string text, int start, int end, int sentence)
    {
        if (CommonWords.TryGetValue(text.AsSpan(start, end - start), out var known))
            return new Token(start, end - start, known.Plain, known.Stem, sentence);
        var (plain, stem) = Forms(text[start..end]);
        return new Token(start, end - start, plain, stem, sentence);
    }

    private static (string Plain, string Stem) Forms(string word)
    {
        var lower = word.ToLowerInvariant();
        var plain = Spelling.Plain(Ascii.IsValid(lower) ? lower : lower.Replace('’', '\'').Normalize(NormalizationForm.FormKC));
        if (plain.EndsWith("'s", StringComparison.Ordinal))
            plain = plain[..^2];
        return (plain, Stemming.Stem(plain));
    }

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '\n' or ';' or '•' or '?' or '!' => true,
        '.' => i + 1 >= text.Length || !char.IsLetterOrDigit(text[i + 1]),
        _ => false,
    };

    // Signs belong to the words behind them, but not across a blank line: another message may begin there.
    private static bool EndsParagraph(string text, int i) => i > 0 && text[i] == '\n' && text[i - 1] == '\n';

    private static int WordEnd(string text, int i)
    {
        while (i < text.Length)
        {
            if (char.IsLetterOrDigit(text[i]))
                i++;
            else if (text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetter(text[i + 1]))
                i++;
            else if (text[i] == '/' && IsShortPair(text, i))
                i++;
            else if (text[i] == '@' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
                i++;
            else
                break;
        }

        return i;
    }

    // "a/b", "w/", "w/o", "b/c" are one word; "train/test" are two.
    private static bool IsShortPair(string text, int slash)
    {
        var before = slash == 0 || slash < 2 || !char.IsLetterOrDigit(text[slash - 2]);
        var after = slash + 2 >= text.Length || !char.IsLetterOrDigit(text[slash + 2]);
        return before && after;
    }

    // "1,000", "2.5", "60M", "200ms", "0.5" are one number with what is written onto it.
    private static int NumberEnd(string text, int i)
    {
        while (i < text.Length && (char.IsLetterOrDigit(text[i])
            || (text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i - 1]))))
        {
            i++;
        }

        return i;
    }
}
