using System.Globalization;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;

namespace BotPlatform.Service.Practice;

/// <summary>How pages say things to candidates: the bar and what was shown, never words of hiring.</summary>
public static class PageWords
{
    /// <summary>The value that meets the bar of a level.</summary>
    public const int Bar = 3;

    public const int Most = 4;

    public static string Title(Level level) => Capital(level.Name());

    public static string Title(Step step) => Capital(step.Name());

    public static string About(Level level) => level switch
    {
        Level.Mid => "A sound design that works: the goal asked for, one sensible model, fitting metrics, a way to serve and watch it.",
        Level.Senior => "Alternatives weighed with numbers: scale, latency, leakage, slices, fallbacks, and what happens when it drifts.",
        Level.Staff => "The goal made measurable and every choice traced back to it: conflicts, costs, feedback loops, what not to build.",
        _ => "",
    };

    public static string State(string state) => state switch
    {
        "new" or "awaiting_consent" => "not begun",
        "interviewing" => "in progress",
        "paused" => "paused",
        "grading" => "being scored",
        "ended" => "ended",
        _ => state,
    };

    /// <summary>What a score says, in words.</summary>
    public static string Said(ScoreState state, int? value) => (state, value) switch
    {
        (ScoreState.Declined, _) => "skipped",
        (ScoreState.NotAsked, _) => "not scored: there was no chance to show it",
        (ScoreState.Waiting, _) => "not scored yet",
        (ScoreState.Failed, _) => "not scored: scoring failed",
        (_, 4) => "above the bar",
        (_, 3) => "meets the bar",
        (_, 2) => "partly shown",
        (_, 1) => "not shown yet",
        _ => "not scored",
    };

    public static string Said(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Met => "shown",
        CheckOutcome.Missing => "missing",
        CheckOutcome.Violated => "costs a point",
        CheckOutcome.Lifted => "put right",
        _ => "",
    };

    public static string? Said(Prompting? prompting) => prompting switch
    {
        Prompting.Unprompted => "unprompted",
        Prompting.NeutralProbe => "after a probe",
        Prompting.Hint => "after a hint",
        _ => null,
    };

    /// <summary>What models and rules each gave, before they were combined.</summary>
    public static string Parts(ModelScoreView model, RulesScoreView? rules) =>
        $"Language model {Given(model.Score)} (samples {string.Join(", ", model.Samples.Select(Given))}), rules {Given(rules?.Score)}";

    /// <summary>Why a turn earned nothing.</summary>
    public static string Flag(string kind) => kind switch
    {
        "addressed_to_grader" => "speaks to whoever scores; that moves nothing",
        "junk" => "says nothing that could be scored",
        "pasted" => "repeats text that was there before; it counts once",
        "buzzwords" => "lists terms without tying them to this problem",
        "off_topic" => "is about something else",
        _ => kind.Replace('_', ' '),
    };

    private static string Given(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
