using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Problems;

/// <summary>The seniority a session is held against. Each level includes the ones before it.</summary>
public enum Level
{
    Mid,
    Senior,
    Staff,
}

/// <summary>The levels in rising order, and their names as files, pages and the API write them.</summary>
public static class Levels
{
    public static readonly ImmutableArray<Level> All = [.. Enum.GetValues<Level>()];

    public static string Name(this Level level) => Words.Name(level);

    public static Level? Parse(string? name) => Words.Parse<Level>(name);
}
