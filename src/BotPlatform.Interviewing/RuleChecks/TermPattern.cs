using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>A part of a term pattern.</summary>
internal abstract record Part
{
    /// <summary>A word, compared by stem.</summary>
    public sealed record Word(string Stem) : Part;

    /// <summary>Any word that begins so: <c>calibrat*</c>.</summary>
    public sealed record Prefix(string Start) : Part;

    /// <summary>One of several phrases: <c>(watch|view) time</c>; an optional one has an empty phrase among them.</summary>
    public sealed record AnyOf(ImmutableArray<ImmutableArray<Part>> Phrases) : Part;

    /// <summary>Up to six tokens within the sentence: <c>..</c>.</summary>
    public sealed record Gap : Part;

    /// <summary>A figure: <c>&lt;duration&gt;</c>. Number stands for any kind.</summary>
    public sealed record Quantity(QuantityKind Kind) : Part;
}

/// <summary>A term pattern in the language of <c>rubrics/README.md</c>.</summary>
/// <param name="Sides">Phrases that must all stand in one sentence; most patterns have one.</param>
internal sealed record TermPattern(ImmutableArray<ImmutableArray<Part>> Sides)
{
    public const int LongestGap = 6;

    /// <exception cref="FormatException">The pattern is not in the language; the message says what is wrong.</exception>
    public static TermPattern Parse(string text)
    {
        var sides = text.Split('&').Select(s => new Reader(s).Phrase()).ToImmutableArray();
        return sides.Any(s => s.IsEmpty) ? throw new FormatException("expected words on both sides of '&'") : new TermPattern(sides);
    }

    private sealed class Reader(string text)
    {
        private int _at;

        public ImmutableArray<Part> Phrase()
        {
            var parts = ReadParts(until: "");
            return _at == text.Length ? parts : throw new FormatException($"unexpected '{text[_at]}'");
        }

        private ImmutableArray<Part> ReadParts(string until)
        {
            var parts = ImmutableArray.CreateBuilder<Part>();
            while (_at < text.Length && !until.Contains(text[_at], StringComparison.Ordinal))
            {
                var c = text[_at];
                if (char.IsWhiteSpace(c))
                    _at++;
                else if (c == '(')
                    parts.Add(ReadAlternatives(')', optional: false));
                else if (c == '[')
                    parts.Add(ReadAlternatives(']', optional: true));
                else if (c == '<')
                    parts.Add(ReadQuantity());
                else if (c is ')' or ']' or '|')
                    throw new FormatException($"unexpected '{c}'");
                else
                    parts.AddRange(ReadWord(until));
            }

            return parts.ToImmutable();
        }

        private Part.AnyOf ReadAlternatives(char close, bool optional)
        {
            _at++;
            var phrases = ImmutableArray.CreateBuilder<ImmutableArray<Part>>();
            while (true)
            {
                phrases.Add(ReadParts("|" + close));
                if (_at == text.Length)
                    throw new FormatException($"expected '{close}'");
                if (text[_at++] == close)
                    break;
            }

            if (optional)
                phrases.Add([]);
            return new Part.AnyOf(phrases.ToImmutable());
        }

        private Part.Quantity ReadQuantity()
        {
            var close = text.IndexOf('>', _at);
            var name = close < 0 ? "" : text[(_at + 1)..close];
            _at = close + 1;
            return Enum.TryParse<QuantityKind>(name, ignoreCase: true, out var kind)
                ? new Part.Quantity(kind)
                : throw new FormatException($"expected a kind of quantity, found '<{name}>'");
        }

        private IEnumerable<Part> ReadWord(string until)
        {
            var start = _at;
            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or '[' or '<') && !until.Contains(text[_at], StringComparison.Ordinal))
                _at++;
            var word = text[start.._at];
            if (word == "..")
                return [new Part.Gap()];
            if (word.EndsWith('*'))
            {
                // All but the last token of a hyphenated prefix are whole words: "re-rank*".
                var tokens = Tokens.Of(word[..^1].ToLowerInvariant());
                if (tokens.Count == 0)
                    throw new FormatException("expected the beginning of a word before '*'");
                return [.. tokens.SkipLast(1).Select(t => new Part.Word(t.Stem)), new Part.Prefix(tokens[^1].Plain)];
            }

            return Tokens.Of(word).Select(t => (Part)new Part.Word(t.Stem));
        }
    }
}
