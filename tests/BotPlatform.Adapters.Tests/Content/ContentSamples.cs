using System.Text;
using Shouldly;

namespace BotPlatform.Adapters.Tests.Content;

/// <summary>The smallest healthy files, and folders made of such texts.</summary>
internal static class ContentSamples
{
    public const string RubricPath = "rubrics/design/1.0.0.yaml";
    public const string ProblemPath = "prompts/problems/feed.yaml";

    private static readonly string[] Steps =
        ["requirements", "framing", "data", "modeling", "evaluation", "serving", "monitoring"];

    public static string Rubric { get; } = BuildRubric();

    public static string Problem { get; } = BuildProblem();

    /// <summary>The text with its first <paramref name="old"/> replaced; fails when there is none.</summary>
    public static string With(this string text, string old, string replacement)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"the sample has no \"{old}\"");
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    private static string BuildRubric()
    {
        var yaml = new StringBuilder();
        yaml.Append("id: design\nversion: 1.0.0\n");
        yaml.Append("recommendation: {yes_mean: 2.8, strong_yes_mean: 3.5, strong_no_mean: 1.6, ");
        yaml.Append("must_have_lowest: 1, must_have_twos: 1, coverage: 0.8}\ncriteria:\n");
        foreach (var step in Steps)
            AppendCriterion(yaml, step, "0.12", $"[{step}.first, {step}.second]", $"    step: {step}\n    must_have: true\n");
        AppendCriterion(yaml, "trade-offs", "0.08", "[]", "");
        AppendCriterion(yaml, "consistency", "0.05", "[]", "");
        AppendCriterion(yaml, "communication", "0.03", "[]", "");
        yaml.Append("points:\n");
        foreach (var step in Steps)
        {
            AppendPoint(yaml, step, "first");
            AppendPoint(yaml, step, "second");
        }

        yaml.Append("concepts:\n");
        yaml.Append("  - id: ranking\n    label: ranking\n    terms: [ranking, \"rank* .. items\"]\n");
        yaml.Append("  - id: accuracy\n    label: accuracy\n    terms: [accuracy]\n");
        yaml.Append("red_flags:\n");
        yaml.Append("  - id: only-accuracy\n    criterion: evaluation\n    terms: [accuracy]\n    unless: []\n");
        yaml.Append("    why: Accuracy hides the rare class.\n    probe: What does that number say about rare cases?\n");
        return yaml.ToString();
    }

    private static void AppendCriterion(StringBuilder yaml, string id, string weight, string essentials, string more)
    {
        yaml.Append($"  - id: {id}\n    title: Title of {id}\n    about: What {id} is about\n{more}    levels:\n");
        foreach (var level in new[] { "mid", "senior", "staff" })
        {
            yaml.Append($"      {level}:\n        weight: {weight}\n        anchors:\n");
            for (var value = 1; value <= 4; value++)
                yaml.Append($"          {value}: Looks like {value}.\n");
            yaml.Append($"        essentials: {essentials}\n");
        }
    }

    private static void AppendPoint(StringBuilder yaml, string criterion, string name)
    {
        yaml.Append($"  - id: {criterion}.{name}\n    criterion: {criterion}\n    level: mid\n    shows: shows {name}\n");
        yaml.Append($"    concepts: [ranking]\n    needs: reasoned\n    probe: What about {criterion}, {name}?\n");
        yaml.Append($"    hint: Think of {criterion}, {name}.\n    raise: Say {name}.\n");
    }

    private static string BuildProblem()
    {
        var yaml = new StringBuilder();
        yaml.Append("slug: feed\ntitle: A feed\nsummary: Rank a feed\nopening: |\n  Today we design a feed.\n  Take your time.\n");
        yaml.Append("notice: {text: Some posts are rude., swap_for: ads}\n");
        yaml.Append("facts:\n  - id: daily-users\n    asked_by: [how many users, \"(daily active|dau)\"]\n    answer: 60 million a day.\n");
        yaml.Append("steps:\n");
        foreach (var step in Steps)
            yaml.Append($"  {step}:\n    question: How would you do {step}?\n    points:\n      - id: first\n        terms: [feed {step}]\n");
        yaml.Append("      - id: data.labels-late\n        level: senior\n        shows: late labels\n        terms: [late label*]\n");
        yaml.Append("        probe: When do labels arrive?\n        hint: Labels take days.\n        raise: Wait for labels.\n");
        yaml.Append("    stretch: [What if labels stopped?]\n");
        yaml.Append("concepts:\n  - {id: ranking, terms: [order the feed]}\n  - {id: dwell, label: dwell time, terms: [dwell]}\n");
        yaml.Append("fit:\n  task_types: [ranking]\n  offline_metrics: [dwell]\n  online_metrics: [dwell]\n");
        yaml.Append("  unfit:\n    - {concept: accuracy, criterion: evaluation, why: Most posts are skipped.}\n");
        yaml.Append("quantities:\n  - {id: daily-users, terms: [daily users], unit: users, low: 50e6, high: 70e6}\n");
        yaml.Append("wrong_turns:\n  - id: raw-dwell\n    criterion: framing\n    terms: [raw dwell]\n    unless: [cap*]\n");
        yaml.Append("    why: Long posts win.\n    probe: Which posts would win?\n");
        yaml.Append("curveballs:\n  - {id: labels-stop, step: monitoring, text: Labels stop arriving.}\n");
        return yaml.ToString();
    }
}
