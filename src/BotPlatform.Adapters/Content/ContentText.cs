using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Adapters.Content;

/// <summary>Content files as text: how they are decoded and by which hash they are known.</summary>
public static class ContentText
{
    /// <summary>Larger files are refused, in bytes.</summary>
    public const int SizeLimit = 1024 * 1024;

    /// <summary>SHA-256 of the text in UTF-8 with LF line ends, lower-case hexadecimal.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(text))));

    /// <summary>The text as it is hashed and stored: a checkout with CRLF is the same content.</summary>
    public static string Normalize(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);

    internal static Parsed<string> Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeLimit)
            return Refused(path, 0, $"expected at most {SizeLimit} bytes, found more");
        var line = 1;
        for (var rest = bytes; rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return Refused(path, line, $"expected UTF-8, found the byte 0x{rest[0]:X2}");
            if (rune.Value == '\n')
                line++;
            rest = rest[length..];
        }

        return new Parsed<string>(Normalize(Encoding.UTF8.GetString(bytes)), []);
    }

    private static Parsed<string> Refused(string path, int line, string message) =>
        new(null, [new ContentError(path, line, message)]);
}
