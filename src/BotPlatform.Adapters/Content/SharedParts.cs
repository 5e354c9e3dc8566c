using System.Collections.Immutable;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Adapters.Content;

/// <summary>What problem and rubric files have in common.</summary>
internal static class SharedParts
{
    /// <summary>The ten in the order in which scorecards list them.</summary>
    public static readonly ImmutableArray<string> Criteria =
        [.. Steps.All.Select(step => step.Name()), "trade-offs", "consistency", "communication"];

    public static readonly Check Criterion = Checks.Among(Criteria, "one of the ten criteria");

    public static T Choice<T>(this Section section, string key)
        where T : struct, Enum =>
        Words.Parse<T>(section.Text(key, AmongAll<T>())) ?? default;

    public static T? OptionalChoice<T>(this Section section, string key)
        where T : struct, Enum =>
        section.Has(key) ? section.Choice<T>(key) : null;

    public static ImmutableArray<T> OptionalChoices<T>(this Section section, string key)
        where T : struct, Enum =>
        [.. section.OptionalTexts(key, AmongAll<T>()).Select(Words.Parse<T>).OfType<T>()];

    public static RedFlag RedFlag(Section flag, HashSet<string> ids) => new(
        flag.Text("id", Checks.Id, Checks.Unique(ids, "id of a wrong turn")),
        flag.Text("criterion", Criterion),
        flag.Texts("terms", Checks.Term),
        flag.OptionalTexts("unless", Checks.Term),
        flag.Text("why"),
        flag.Text("probe", Checks.Probe));

    private static Check AmongAll<T>()
        where T : struct, Enum =>
        Checks.Among([.. Enum.GetValues<T>().Select(Words.Name)], Words.Choices<T>());
}
