using System.Collections.Immutable;

namespace BotPlatform.Adapters.Content;

/// <summary>Instructions for a language model: <c>prompts/grader/1.0.0.md</c>, <c>prompts/interviewer/1.0.0.md</c>.</summary>
/// <param name="Kind">grader or interviewer.</param>
/// <param name="Hash">SHA-256 of the text, lower-case hexadecimal; sessions pin it.</param>
public sealed record PromptFile(string Kind, string Version, string Hash, string Text)
{
    public const string Grader = "grader";
    public const string Interviewer = "interviewer";
    private const int Shortest = 200;

    public static readonly ImmutableArray<string> Kinds = [Grader, Interviewer];

    public static string FolderOf(string kind) => $"prompts/{kind}";

    internal static Parsed<PromptFile> Parse(string path, string text)
    {
        var version = Path.GetFileNameWithoutExtension(path);
        var fault = Checks.Version(version) ?? (text.Trim().Length < Shortest ? $"expected instructions of at least {Shortest} characters, found {text.Trim().Length}" : null);
        return fault is not null
            ? new Parsed<PromptFile>(null, [new ContentError(path, 0, fault)])
            : new Parsed<PromptFile>(new PromptFile(path.Split('/')[^2], version, ContentText.Hash(text), ContentText.Normalize(text)), []);
    }
}
