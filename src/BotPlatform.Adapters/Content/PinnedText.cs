using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Adapters.Content;

/// <summary>Content as it was when a session pinned it, without the files around it.</summary>
public static class PinnedText
{
    /// <exception cref="InvalidDataException">This release cannot read the text any more.</exception>
    public static RuleBook Read(string rubric, string problem) => RuleBook.Compile(
        Value(RubricFile.Parse("pinned rubric", rubric)),
        Value(ProblemFile.Parse("pinned problem", problem, around: null)));

    private static T Value<T>(Parsed<T> parsed)
        where T : class =>
        parsed.Value ?? throw new InvalidDataException($"Pinned content does not parse any more: {parsed.Errors[0]}");
}
