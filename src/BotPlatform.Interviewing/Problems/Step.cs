using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Problems;

/// <summary>One of the seven parts of an interview, in the order in which they are taken.</summary>
public enum Step
{
    Requirements,
    Framing,
    Data,
    Modeling,
    Evaluation,
    Serving,
    Monitoring,
}

/// <summary>The seven steps in order, and their names as files, pages and the API write them.</summary>
public static class Steps
{
    public static readonly ImmutableArray<Step> All = [.. Enum.GetValues<Step>()];

    public static string Name(this Step step) => Words.Name(step);

    /// <summary>The step after this one, or null after the last.</summary>
    public static Step? Next(this Step step) => step == Step.Monitoring ? null : step + 1;

    public static Step? Parse(string? name) => Words.Parse<Step>(name);
}
