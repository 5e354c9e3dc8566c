using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>What a candidate asks to be interviewed on.</summary>
/// <param name="Accommodation">Factor on the time, 1 to 3.</param>
public sealed record Wanted(Problem Problem, Level Level, SessionMode Mode, double Accommodation = 1)
{
    private const double MostAccommodation = 3;

    /// <param name="problems">Those that there are.</param>
    public static (Wanted? Wanted, ApiProblem? Problem) Parse(IReadOnlyList<Problem> problems, RequestBody body)
    {
        var (slug, noSlug) = body.Text("problem");
        var (level, noLevel) = body.Text("level");
        var (mode, noMode) = body.Text("mode");
        var (accommodation, noAccommodation) = body.Number("accommodation");
        return (noSlug ?? noLevel ?? noMode ?? noAccommodation) is { } wrong
            ? (null, wrong)
            : Parse(problems, slug, level, mode, accommodation);
    }

    /// <param name="problems">Those that there are.</param>
    /// <param name="mode">Null for practice.</param>
    /// <param name="accommodation">Factor on the time; null for none.</param>
    public static (Wanted? Wanted, ApiProblem? Problem) Parse(IReadOnlyList<Problem> problems, string? slug, string? levelName, string? mode, double? accommodation)
    {
        if (problems.FirstOrDefault(p => p.Slug == slug) is not { } problem)
            return (null, ApiProblem.Bad($"\"problem\": expected one of {string.Join(", ", problems.Select(p => p.Slug))}."));
        if (Levels.Parse(levelName) is not { } level)
            return (null, ApiProblem.Bad($"\"level\": expected {Words.Choices<Level>()}."));
        if (Words.Parse<SessionMode>(mode ?? "practice") is not { } sessionMode)
            return (null, ApiProblem.Bad($"\"mode\": expected {Words.Choices<SessionMode>()}."));
        return accommodation is null or (>= 1 and <= MostAccommodation)
            ? (new Wanted(problem, level, sessionMode, accommodation ?? 1), null)
            : (null, ApiProblem.Bad($"\"accommodation\": expected a number from 1 to {MostAccommodation}, by which the time is multiplied."));
    }
}
