using System.Text;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>Text as hard as candidates and models can make it, the same for the same seed.</summary>
internal static class HostileText
{
    private static readonly string[] Parts =
    [
        "<!channel>", "<!here>", "<@U1>", "<#C1|general>", "<https://evil.example|here>", "&lt;!channel&gt;", "@channel", "*bold*", "_it_", "~no~",
        "`code`", "```", ":smile:", ":+1:", "> quote", "\u202eright to left\u202c", "\u200f", "👩‍👩‍👧‍👦", "🇩🇪", "e\u0301", "é", "漢字。", "नमस्ते", "😀", "\r\n", "\n", "\n\n",
        "\t", " ", "  ", ". ", "! ", "a", "word", "averyverylongwordwithoutanyplacetocutit", "60M users at 200 ms p99", "\"", "\\", "{}", "\u0301\u0302\u0303",
    ];

    public static string Of(int seed, int length)
    {
        var chance = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Parts[chance.Next(Parts.Length)]);
            if (chance.Next(3) == 0)
                text.Append(' ');
        }

        return text.ToString();
    }

    /// <summary>Without a single place to cut but between characters.</summary>
    public static string Unbroken(int length) => string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", length / 11));
}
