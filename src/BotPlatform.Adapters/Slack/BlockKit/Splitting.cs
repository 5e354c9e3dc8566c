using System.Globalization;

namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>Long text into pieces, cut where it reads best and never inside what a reader sees as one character.</summary>
public static class Splitting
{
    // A cut that leaves less than this share of a piece is not worth the better place.
    private const int LeastShare = 4;

    private enum Place
    {
        Character,
        Word,
        Sentence,
        Line,
        Paragraph,
    }

    /// <summary>Pieces of at most so many UTF-16 code units: put together they are the text, but for white space at the cuts.</summary>
    public static IReadOnlyList<string> Pieces(string text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var pieces = new List<string>();
        var rest = text.AsSpan().TrimEnd();
        while (rest.Length > most)
        {
            var cut = Cut(rest, most, Place.Paragraph);
            Add(pieces, rest[..cut]);
            rest = WithoutWhiteStart(rest[cut..]);
        }

        Add(pieces, rest);
        return pieces;
    }

    /// <summary>The text, or as much of it as fits before an ellipsis.</summary>
    public static string Shortened(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, Cut(text, most - 1, Place.Word)).TrimEnd(), "…");

    private static void Add(List<string> pieces, ReadOnlySpan<char> piece)
    {
        piece = piece.TrimEnd();
        if (!piece.IsEmpty)
            pieces.Add(piece.ToString());
    }

    // The best place within the first so many code units, none better than is asked for; the last one of its kind.
    private static int Cut(ReadOnlySpan<char> text, int most, Place best)
    {
        Span<int> last = stackalloc int[(int)Place.Paragraph + 1];
        last.Clear();
        var before = ReadOnlySpan<char>.Empty;
        for (var at = 0; at < text.Length;)
        {
            var character = text.Slice(at, StringInfo.GetNextTextElementLength(text[at..]));
            var place = (int)(After(before, character) is var after && after < best ? after : best);
            at += character.Length;
            if (at > most)
            {
                // What is left out of the piece in any case may stand just behind it.
                if (IsWhite(character))
                    last[place] = at - character.Length;
                break;
            }

            last[place] = at;
            last[(int)Place.Character] = at;
            before = character;
        }

        for (var place = Place.Paragraph; place > Place.Character; place--)
        {
            if (last[(int)place] >= Math.Max(1, most / LeastShare))
                return last[(int)place];
        }

        // A heap of combining marks can be longer than a piece.
        return last[(int)Place.Character] is var end and > 0 ? end : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }

    private static Place After(ReadOnlySpan<char> before, ReadOnlySpan<char> character) => character switch
    {
        _ when IsLine(character) => IsLine(before) ? Place.Paragraph : Place.Line,
        ['。' or '！' or '？'] => Place.Sentence,
        _ when !IsWhite(character) => Place.Character,
        _ => before is ['.' or '!' or '?' or '…' or '。' or '！' or '？'] ? Place.Sentence : Place.Word,
    };

    private static bool IsLine(ReadOnlySpan<char> character) => character is "\n" or "\r\n" or "\r";

    private static bool IsWhite(ReadOnlySpan<char> character) => !character.IsEmpty && character.IsWhiteSpace();

    private static ReadOnlySpan<char> WithoutWhiteStart(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && StringInfo.GetNextTextElementLength(text) is var length && text[..length].IsWhiteSpace())
            text = text[length..];
        return text;
    }
}
