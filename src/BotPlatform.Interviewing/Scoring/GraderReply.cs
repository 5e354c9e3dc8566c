using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>What a language model answered when it was asked to grade, read into strict types and not yet verified.</summary>
/// <param name="Language">The language it read, as a BCP 47 tag ("en", "pt-BR"); empty when it did not say.</param>
public sealed record GraderReply(string Language, ImmutableArray<GradedCriterion> Scores);

/// <param name="Value">Should be 1 to 4.</param>
/// <param name="Anchors">Whether the descriptions of 1, 2, 3 and 4 are met, in this order.</param>
/// <param name="Missing">In the model's words; may be empty.</param>
/// <param name="Raise">What would raise it, in the model's words; may be empty.</param>
public sealed record GradedCriterion(
    string Criterion,
    int Value,
    ImmutableArray<bool> Anchors,
    ImmutableArray<GradedEssential> Essentials,
    ImmutableArray<GradedQuote> Quotes,
    string Missing,
    string Raise);

public sealed record GradedEssential(string Id, bool Met);

/// <param name="Text">Claimed to stand in that turn word for word.</param>
public sealed record GradedQuote(int Turn, string Text);

/// <summary>One sample of a grade: a reply, and a second one where the first did not hold.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Model">As the provider reported it.</param>
/// <param name="Replies">In the order in which they came; one that could not be read is left out.</param>
public sealed record GraderSample(int Number, string Model, ImmutableArray<GraderReply> Replies);

/// <summary>All that the models said of one session.</summary>
/// <param name="PromptHash">Of the instructions they were given.</param>
public sealed record ModelGrade(string PromptHash, ImmutableArray<GraderSample> Samples);
