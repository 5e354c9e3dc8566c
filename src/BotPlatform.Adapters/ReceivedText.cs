using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BotPlatform.Adapters;

/// <summary>Text as it comes from outside, made such that PostgreSQL and UTF-8 can hold it.</summary>
public static class ReceivedText
{
    /// <summary>The text of a JSON string; U+FFFD stands where it holds what no text can.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return Clean(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate as \uD800: valid JSON that the reader refuses to turn into text.
            return Clean(UnescapeLeniently(value.GetRawText()[1..^1]));
        }
    }

    /// <summary>NUL and lone surrogates become U+FFFD.</summary>
    public static string Clean(string text)
    {
        StringBuilder? cleaned = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (pair)
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                cleaned ??= new StringBuilder(text);
                cleaned[i] = '\uFFFD';
            }
        }

        return cleaned?.ToString() ?? text;
    }

    private static string UnescapeLeniently(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)int.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return text.ToString();
    }
}
