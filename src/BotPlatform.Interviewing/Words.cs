using System.Globalization;
using System.Text;

namespace BotPlatform.Interviewing;

/// <summary>The written form of our enumerations, lower snake case as in files, pages and the API; and of counts.</summary>
public static class Words
{
    public static string Name<T>(T value)
        where T : struct, Enum => Cache<T>.Names[value];

    /// <summary>The value with exactly this written form, or null.</summary>
    public static T? Parse<T>(string? name)
        where T : struct, Enum =>
        name is not null && Cache<T>.Values.TryGetValue(name, out var value) ? value : null;

    /// <summary>Every written form, for error messages: "mid, senior or staff".</summary>
    public static string Choices<T>()
        where T : struct, Enum
    {
        var names = Cache<T>.Names.Values.ToArray();
        return names.Length == 1 ? names[0] : string.Join(", ", names[..^1]) + " or " + names[^1];
    }

    /// <summary>"1 session", "2 sessions"; for nouns that take an s.</summary>
    public static string Counted(long count, string noun) => count == 1 ? $"1 {noun}" : string.Create(CultureInfo.InvariantCulture, $"{count} {noun}s");

    private static string Snake(string pascal)
    {
        var written = new StringBuilder();
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && written.Length > 0)
                written.Append('_');
            written.Append(char.ToLowerInvariant(letter));
        }

        return written.ToString();
    }

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, v => Snake(v.ToString()));
        public static readonly Dictionary<string, T> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
