using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>The window in which an interview is chosen.</summary>
public static class StartModal
{
    public const string CallbackId = "start_interview";

    /// <summary>Name of the input as a block and as an element; <c>block_suggestion</c> asks for its options.</summary>
    public const string Problem = "problem";

    public const string Level = "level";
    public const string Mode = "mode";
    public const string Time = "time";

    internal static readonly (string Value, double Factor, string Said)[] Accommodations =
        [("1", 1, ""), ("1.25", 1.25, " (a quarter more)"), ("1.5", 1.5, " (half more)"), ("2", 2, " (double)")];

    /// <param name="chosen">What the window begins with; null for nothing.</param>
    /// <param name="budget">Active time without more.</param>
    /// <param name="command">The slash command that opens the window, as it is typed.</param>
    /// <param name="metadata">Comes back with what is chosen.</param>
    public static JsonObject Of(Problem? chosen, Level level, TimeSpan budget, string command, string? metadata = null) => View.Modal(
        CallbackId,
        "Start an interview",
        [
            Block.Context("An interviewer poses a problem in a direct message, follows up along seven steps, and ends with a scorecard."),
            Block.Input(Problem, "Problem", Element.ExternalSelect(Problem, "Choose, or type: ranking, fraud, search", chosen is null ? null : ProblemOptions.Of(chosen))),
            Block.Input(Level, "Level", Element.Radio(Level, [.. Levels.All.Select(Option)], level.Name())),
            Block.Input(Mode, "Mode", Element.Radio(Mode, [.. Enum.GetValues<SessionMode>().Select(Option)], Words.Name(SessionMode.Practice))),
            Block.Input(Time, "Time", Element.Select(Time, "Time", [.. Accommodations.Select(a => Option(a, budget))], "1"), "Only your own active time counts: reading and writing, not waiting."),
            Block.Context($"{command} opens this window at any time."),
        ],
        submit: "Start",
        close: "Cancel",
        metadata);

    /// <summary>What is missing in a choice, as the answer that keeps the window open; null when nothing is.</summary>
    public static JsonObject? Missing(StartChoice choice)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (choice.Slug is null)
            errors[Problem] = "Choose a problem first.";
        if (choice.Level is null)
            errors[Level] = "Choose a level.";
        if (choice.Mode is null)
            errors[Mode] = "Choose practice or assessed.";
        return errors.Count == 0 ? null : View.Errors(errors);
    }

    /// <summary>For a problem that was taken away while the window was open.</summary>
    public static JsonObject NoSuchProblem() =>
        View.Errors(new Dictionary<string, string>(StringComparer.Ordinal) { [Problem] = "This problem is not offered any more. Choose another one." });

    private static JsonObject Option(Level level) => Element.Option(PageWords.Title(level), level.Name(), level switch
    {
        Interviewing.Problems.Level.Mid => "A sound design that works, with fitting metrics and a way to serve it.",
        Interviewing.Problems.Level.Senior => "Alternatives weighed with numbers; what fails and drifts foreseen.",
        _ => "The goal made measurable, and every choice traced back to it.",
    });

    private static JsonObject Option(SessionMode mode) => mode == SessionMode.Practice
        ? Element.Option("Practice", Words.Name(mode), "Private to you, with hints and feedback on request.")
        : Element.Option("Assessed", Words.Name(mode), "Recorded for a hiring team; asks for your consent first. No hints.");

    private static JsonObject Option((string Value, double Factor, string Said) more, TimeSpan budget) =>
        Element.Option($"{(int)(budget.TotalMinutes * more.Factor)} minutes{more.Said}", more.Value);
}
