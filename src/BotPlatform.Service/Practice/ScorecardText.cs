using System.Text;
using BotPlatform.Adapters.Console;

namespace BotPlatform.Service.Practice;

/// <summary>A scorecard for the terminal: plain text that also reads well in a pipe.</summary>
public static class ScorecardText
{
    private const int Width = 96;

    /// <param name="forPanel">Whether to print the recommendation; candidates are shown the bar instead.</param>
    public static string Write(ScorecardView card, bool forPanel)
    {
        var text = new StringBuilder();
        text.AppendLine($"{card.Problem}, {card.Level} level, rubric {card.Rubric.Id} {card.Rubric.Version}, scored by {card.Grader.Mode}");
        foreach (var notice in card.Notices)
            text.AppendLine(notice);
        text.AppendLine();
        foreach (var score in card.Scores)
            Write(text, score);
        foreach (var flag in card.Flags)
            text.AppendLine($"Turn {flag.Turn} earned nothing: {flag.Kind.Replace('_', ' ')}.");
        text.AppendLine(Summary(card.Overall, forPanel));
        if (forPanel)
            text.AppendLine(card.Overall.Rule);
        return Plain(text.ToString());
    }

    // A terminal obeys control characters, and what candidates and models write is data.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\r') ? ' ' : c));

    private static void Write(StringBuilder text, ScoreView score)
    {
        var value = score.Score is { } points ? $"{points} of 4" : score.State.Replace('_', ' ');
        text.AppendLine($"{score.Criterion,-14} {Bar(score.Score)} {value}{(score.State == "declined" ? " (declined)" : "")}");
        if (score.Model is { } model)
            Indented(text, $"{PageWords.Parts(model, score.Rules)}.");
        foreach (var review in score.Review ?? [])
            Indented(text, $"For a person to look at: {review}.");
        Indented(text, score.Why);
        if (score.Model is { Missing.Length: > 0 } said)
            Indented(text, $"In the model's words: {said.Missing}");
        foreach (var quote in score.Quotes)
            Indented(text, $"turn {quote.Turn}: \"{quote.Text.ReplaceLineEndings(" ")}\"");
        if (score.Advice.Length > 0)
            Indented(text, "To raise it: " + score.Advice);
        text.AppendLine();
    }

    private static string Bar(int? score) => score is { } points ? new string('#', points) + new string('.', 4 - points) : "----";

    private static string Summary(OverallView overall, bool forPanel)
    {
        var mean = overall.Mean is { } value ? $"Mean {value:0.00}; the bar is 3." : "No criterion could be scored.";
        var coverage = $" {overall.Coverage:P0} of the weight was scored.";
        return forPanel
            ? $"{mean}{coverage} Recommendation: {overall.Recommendation.Replace('_', ' ')}. Level shown: {overall.LevelShown?.Replace('_', ' ') ?? "none"}."
            : mean + coverage;
    }

    private static void Indented(StringBuilder text, string line)
    {
        foreach (var part in Wrapping.Lines(line, Width - 4))
            text.Append("    ").AppendLine(part);
    }
}
