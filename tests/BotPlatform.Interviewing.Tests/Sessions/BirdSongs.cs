using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>A small problem with a small rubric: two essentials in each step, a third from senior on.</summary>
internal static class BirdSongs
{
    public const string Hash = "hash-of-bird-songs";
    public const string DistressCallsHash = "hash-of-distress-calls";

    private static readonly (Step Step, string Name, string Term, Strength Needs, Level Level)[] Table =
    [
        (Step.Requirements, "users", "hikers", Strength.Named, Level.Mid),
        (Step.Requirements, "volume", "recordings per day", Strength.Named, Level.Mid),
        (Step.Requirements, "offline", "without a network", Strength.Reasoned, Level.Senior),
        (Step.Framing, "task", "multi-label", Strength.Named, Level.Mid),
        (Step.Framing, "output", "species list", Strength.Named, Level.Mid),
        (Step.Framing, "unknown", "unknown species", Strength.Reasoned, Level.Senior),
        (Step.Data, "labels", "expert labels", Strength.Named, Level.Mid),
        (Step.Data, "split", "split by site", Strength.Named, Level.Mid),
        (Step.Data, "noise", "wind noise", Strength.Reasoned, Level.Senior),
        (Step.Modeling, "baseline", "baseline", Strength.Named, Level.Mid),
        (Step.Modeling, "network", "spectrogram", Strength.Named, Level.Mid),
        (Step.Modeling, "transfer", "pretrained", Strength.Reasoned, Level.Senior),
        (Step.Evaluation, "metric", "average precision", Strength.Named, Level.Mid),
        (Step.Evaluation, "slices", "rare species", Strength.Named, Level.Mid),
        (Step.Evaluation, "online", "user corrections", Strength.Reasoned, Level.Senior),
        (Step.Serving, "device", "on the phone", Strength.Named, Level.Mid),
        (Step.Serving, "latency", "milliseconds", Strength.Named, Level.Mid),
        (Step.Serving, "fallback", "fallback", Strength.Reasoned, Level.Senior),
        (Step.Monitoring, "drift", "drift", Strength.Named, Level.Mid),
        (Step.Monitoring, "retraining", "retrain", Strength.Named, Level.Mid),
        (Step.Monitoring, "alert", "alert", Strength.Reasoned, Level.Senior),
    ];

    public static readonly Rubric Rubric = new(
        "ml-system-design",
        "1.0.0",
        "hash-of-rubric",
        [.. Steps.All.Select(StepCriterion), Free("trade-offs"), Free("consistency"), Free("communication")],
        [.. Table.Select(APoint)],
        [.. Table.Select(t => new Concept(Id(t.Step, t.Name), t.Term, [t.Term]))],
        [new RedFlag("plain-accuracy", "evaluation", ["plain accuracy"], [], "Silence is most of the data.", "What would accuracy tell you about a recording of silence?")],
        new RecommendationRule(2.8, 3.5, 1.6, 1, 1, 0.8));

    public static readonly RuleBook Book = RuleBook.Compile(Rubric, AProblem("bird-songs", Hash, notice: null));

    /// <summary>Carries a content notice that offers <see cref="Book"/> instead.</summary>
    public static readonly RuleBook DistressCalls = RuleBook.Compile(
        Rubric, AProblem("distress-calls", DistressCallsHash, new ContentNotice("The recordings are of injured animals.", "bird-songs")));

    public static string Id(Step step, string name) => $"{step.Name()}.{name}";

    public static IEnumerable<string> Essentials(Step step, Level level) => Book.Essentials(step, level).Select(p => p.Id);

    public static string OpeningQuestion(Step step) => $"Opening question of {step.Name()}?";

    public static string Probe(Step step, string name) => $"Neutral question about {step.Name()}, {name}?";

    public static string Stretch(Step step, int n) => $"Stretch question {n} of {step.Name()}?";

    private static Point APoint((Step Step, string Name, string Term, Strength Needs, Level Level) t) => new(
        Id(t.Step, t.Name), t.Step.Name(), t.Level, $"Shows {t.Name}", [Id(t.Step, t.Name)], t.Needs,
        Probe(t.Step, t.Name), $"Think of {t.Name}.", $"Saying {t.Term} would have shown it.", []);

    private static Criterion StepCriterion(Step step) => new(
        step.Name(), step.ToString(), "About " + step.Name(), step, MustHave: false,
        Levels.All.ToImmutableDictionary(l => l, l => new Cell(
            0.1, Anchors, [.. Table.Where(t => t.Step == step && t.Level <= l).Select(t => Id(t.Step, t.Name))])));

    private static Criterion Free(string id) => new(
        id, id, "About " + id, Step: null, MustHave: false, Levels.All.ToImmutableDictionary(l => l, _ => new Cell(0.1, Anchors, [])));

    private static ImmutableArray<string> Anchors => ["one", "two", "three", "four"];

    private static Problem AProblem(string slug, string hash, ContentNotice? notice) => new(
        slug, hash, "Title of " + slug, "Summary", $"Design {slug}: name the bird from a recording.", notice,
        [
            new Fact("volume", ["how many recordings"], "Two million recordings arrive each day."),
            new Fact("latency", ["how fast"], "The name should stand there within 300 ms."),
        ],
        Steps.All.ToImmutableDictionary(s => s, s => new ProblemStep(OpeningQuestion(s), [Stretch(s, 1), Stretch(s, 2)])),
        [], [], new Fit([], [], [], []), [], [], []);
}
