using System.Text.Json.Serialization;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.Practice;

/// <summary>A scorecard as the API and <c>score --format json</c> write it; one shape for both.</summary>
public sealed record ScorecardView(
    string Session,
    string Problem,
    string Level,
    RubricView Rubric,
    GraderView Grader,
    IReadOnlyList<ScoreView> Scores,
    IReadOnlyList<FlagView> Flags,
    OverallView Overall,
    IReadOnlyList<string> Notices)
{
    /// <param name="turns">The turns that the evidence points into.</param>
    public static ScorecardView Of(string session, Scorecard card, IEnumerable<Turn> turns)
    {
        var texts = turns.ToDictionary(t => t.N, t => t.Text);
        return new ScorecardView(
            session,
            card.Problem,
            card.Level.Name(),
            new RubricView(card.RubricId, card.RubricVersion, card.RubricHash),
            new GraderView(card.GraderMode, card.Grader?.Models, card.Grader?.PromptHash, card.Grader?.Language),
            [.. card.Scores.Select(s => ScoreView.Of(s, texts))],
            [.. card.Flags.Select(f => new FlagView(f.Kind, f.Turn))],
            new OverallView(
                card.Overall.Mean is { } mean ? Math.Round(mean, 2) : null,
                Math.Round(card.Overall.Coverage, 4),
                Words.Name(card.Overall.Recommendation),
                card.Overall.LevelShown is { } shown ? Words.Name(shown) : null,
                card.Overall.Rule),
            card.Notices);
    }
}

public sealed record RubricView(string Id, string Version, string Hash);

/// <param name="Models">As the providers reported them, one for each sample; null where rules scored alone.</param>
/// <param name="Language">The language that was read, as a BCP 47 tag.</param>
public sealed record GraderView(
    string Mode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Models = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PromptHash = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Language = null);

/// <summary>The models' part of a score.</summary>
/// <param name="Score">The median of the samples; null when fewer than two held.</param>
public sealed record ModelScoreView(int? Score, IReadOnlyList<int?> Samples, string Why, string Missing, string Raise);

/// <summary>The rules' part of a score, as they would give it alone.</summary>
public sealed record RulesScoreView(int? Score, string State, string Why);

public sealed record FlagView(string Kind, int Turn);

public sealed record OverallView(double? Mean, double Coverage, string Recommendation, string? LevelShown, string Rule);

/// <summary>A verbatim part of a candidate turn.</summary>
public sealed record QuoteView(int Turn, string Text);

public sealed record CheckView(string Id, string Outcome, string Text, string? Prompting, IReadOnlyList<int> Turns);

public sealed record ScoreView(
    string Criterion,
    int? Score,
    string State,
    string Why,
    IReadOnlyList<QuoteView> Quotes,
    string Raise,
    IReadOnlyList<CheckView> Checks)
{
    /// <summary>Null where rules scored alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelScoreView? Model { get; private init; }

    /// <summary>Null where rules scored alone, and the score is theirs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RulesScoreView? Rules { get; private init; }

    /// <summary>Why a person should look at it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Review { get; private init; }

    /// <summary>What would have raised it: in a model's words where there are any, for they speak of this answer.</summary>
    [JsonIgnore]
    public string Advice => Score == PageWords.Most ? "" : Model is { Raise.Length: > 0 } ? Model.Raise : Raise;

    public static ScoreView Of(Score score, IReadOnlyDictionary<int, string> texts) => new(
        score.Criterion,
        score.Value,
        Words.Name(score.State),
        score.Why,
        [.. score.Evidence.Select(s => Quote(s, texts)).OfType<QuoteView>()],
        score.Raise,
        [.. score.Checks.Select(c => new CheckView(
            c.Id,
            Words.Name(c.Outcome),
            c.Text,
            c.Prompting is { } prompting ? Words.Name(prompting) : null,
            [.. c.Spans.Select(s => s.Turn).Distinct().Order()]))])
    {
        Model = score.Model is { } model ? new ModelScoreView(model.Value, model.Samples, model.Why, model.Missing?.Value ?? "", model.Raise?.Value ?? "") : null,
        Rules = score.Rules is { } rules ? new RulesScoreView(rules.Value, Words.Name(rules.State), rules.Why) : null,
        Review = score.Review.IsEmpty ? null : score.Review,
    };

    // A text that was erased since has no quote any more; the score stands.
    private static QuoteView? Quote(Span span, IReadOnlyDictionary<int, string> texts) =>
        texts.TryGetValue(span.Turn, out var text) && span.Start + span.Length <= text.Length
            ? new QuoteView(span.Turn, text.Substring(span.Start, span.Length))
            : null;
}
