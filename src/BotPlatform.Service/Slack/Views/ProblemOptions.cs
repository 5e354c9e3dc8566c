using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;
using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What the menu of problems shows for what was typed so far.</summary>
public static class ProblemOptions
{
    private const int Whole = 10;
    private static readonly char[] Between = [' ', '-', '_', ',', '.', '/'];

    /// <summary>The answer to <c>block_suggestion</c>: at most 100, those that most of the words fit, the best match first.</summary>
    public static JsonObject Of(IEnumerable<Problem> problems, string? query)
    {
        var words = Split(query ?? "");
        var ranked = problems
            .Select(p => (Problem: p, Matches: words.Select(w => Match(p, w)).ToArray()))
            .Select(r => (r.Problem, Matched: r.Matches.Count(m => m > 0), Rank: r.Matches.Sum() + (Begins(r.Problem, words) ? Whole : 0)))
            .ToArray();
        // Where nothing matches that is all of them: an empty menu would be a dead end for who cannot know how we call things.
        var most = ranked.Select(r => r.Matched).DefaultIfEmpty().Max();
        var found = ranked
            .Where(r => r.Matched == most)
            .OrderByDescending(r => r.Rank)
            .ThenBy(r => r.Problem.Title, StringComparer.OrdinalIgnoreCase)
            .Take(Limits.Options);
        return new JsonObject { ["options"] = new JsonArray([.. found.Select(r => Of(r.Problem))]) };
    }

    internal static JsonObject Of(Problem problem) => Element.Option(problem.Title, problem.Slug, problem.Summary.Trim());

    // A word counts most where a name begins with it, least where only the summary has it.
    private static int Match(Problem problem, string word)
    {
        var names = Split(problem.Title).Concat(Split(problem.Slug)).ToArray();
        return Array.Exists(names, n => n == word) ? 5
            : Array.Exists(names, n => n.StartsWith(word, StringComparison.Ordinal)) ? 4
            : Array.Exists(names, n => n.Contains(word, StringComparison.Ordinal)) ? 2
            : problem.Summary.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1
            : 0;
    }

    private static bool Begins(Problem problem, string[] words) =>
        string.Join(' ', Split(problem.Title)).StartsWith(string.Join(' ', words), StringComparison.Ordinal);

    private static string[] Split(string text) => text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
