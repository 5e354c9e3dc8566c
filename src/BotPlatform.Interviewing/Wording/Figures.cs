using System.Collections.Frozen;
using System.Globalization;

namespace BotPlatform.Interviewing.Wording;

/// <summary>
/// Numbers in a text, as they compare: "1,000" is 1000, "60M" and "60 million" are 60,000,000, and so is "sixty million".
/// Numbers up to ten that are written as words are none by themselves: "two things".
/// </summary>
internal static class Figures
{
    private static readonly FrozenDictionary<string, double> Scales = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["hundred"] = 1e2,
        ["k"] = 1e3,
        ["thousand"] = 1e3,
        ["m"] = 1e6,
        ["mn"] = 1e6,
        ["million"] = 1e6,
        ["b"] = 1e9,
        ["bn"] = 1e9,
        ["billion"] = 1e9,
        ["t"] = 1e12,
        ["trillion"] = 1e12,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Small = new[] { "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" }
        .Select((word, n) => KeyValuePair.Create(word, (double)n))
        .Skip(1)
        .Append(KeyValuePair.Create("a", 1.0))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Large = new[]
    {
        ("eleven", 11.0), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18),
        ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90),
    }.ToFrozenDictionary(x => x.Item1, x => x.Item2, StringComparer.Ordinal);

    /// <summary>Whether every number in a text stands in one of the others.</summary>
    public static bool AreKnown(string said, IEnumerable<string> known)
    {
        var told = known.SelectMany(Of).ToArray();
        // A scale in words of another language cannot be read; then the digits must do: "60 Millionen".
        return Of(said).All(s => Array.Exists(told, k => Same(k.Value, s.Value) || (!s.Scaled && Same(k.Plain, s.Plain))));
    }

    private static bool Same(double one, double other) => Math.Abs(one - other) <= 1e-9 * Math.Abs(one);

    private static IEnumerable<(double Plain, double Value, bool Scaled)> Of(string text)
    {
        var words = Words(text).ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            var digits = char.IsAsciiDigit(words[i][0]);
            var plain = digits ? Read(words[i]) : Large.TryGetValue(words[i], out var large) ? large : Small.GetValueOrDefault(words[i]);
            var value = plain;
            while (plain > 0 && i + 1 < words.Length && Scales.TryGetValue(words[i + 1], out var scale))
            {
                value *= scale;
                i++;
            }

            var scaled = value > plain;
            if (digits || scaled || plain > Small.Count)
                yield return (plain, value, scaled);
        }
    }

    /// <summary>Runs of letters in lower case, and runs of digits, of whatever script, with the points and commas within.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var plain = text.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < plain.Length; i++)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(plain[i]) is var digit and >= 0)
                plain[i] = (char)('0' + digit);
        }

        for (var i = 0; i < plain.Length; i++)
        {
            var start = i;
            if (char.IsAsciiDigit(plain[i]))
            {
                while (i < plain.Length && (char.IsAsciiDigit(plain[i]) || (plain[i] is '.' or ',' && i + 1 < plain.Length && char.IsAsciiDigit(plain[i + 1]))))
                    i++;
            }
            else
            {
                while (i < plain.Length && char.IsLetter(plain[i]))
                    i++;
            }

            if (i == start)
                continue;
            yield return new string(plain, start, i - start);
            i--;
        }
    }

    // Three digits after a point or comma are thousands, except behind a zero; any other number of them is a fraction.
    private static double Read(string number)
    {
        var parts = number.Split('.', ',');
        var grouped = parts[0] != "0" && parts.Skip(1).All(p => p.Length == 3);
        var whole = grouped || parts.Length == 1 ? string.Concat(parts) : string.Concat(parts[..^1]) + "." + parts[^1];
        return double.Parse(whole, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }
}
