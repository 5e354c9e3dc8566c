namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>What keeps a sentence from saying something definite. Manner is not meant: hedging costs nothing.</summary>
internal static class Doubts
{
    private static readonly FixedPhrases Dismissals = Of(
        "the usual", "usual", "standard", "state of the art", "by itself", "on its own", "fine", "not an issue", "no problem", "not a problem",
        "not matter", "edge case", "corner case", "not needed", "no need", "not necessary",
        "everything", "as much", "robust", "scalable", "holistic", "seamless", "leverage", "should be ok", "good enough", "takes care", "take care",
        "will handle", "works well", "should work", "best practice", "best practices", "industry standard", "not worry", "no harm");

    private static readonly FixedPhrases NoAnswers = Of(
        "no idea", "not know", "have to look", "have to think", "have to check", "have to measure", "need to check", "not thought", "not considered",
        "not worked", "not done", "rather measure", "rather not", "nothing comes", "no strong view", "no opinion", "a hint", "skip this", "skip that",
        "my colleagues", "another team", "other team", "platform team", "infra team", "someone else", "not my area", "making it up", "can not say");

    /// <summary>One id for every doubt in the sentence.</summary>
    public static IEnumerable<string> In(List<Token> tokens, int first, int last)
    {
        for (var n = Dismissals.CountIn(tokens, first, last); n > 0; n--)
            yield return ReasonIds.Dismissed;
        for (var n = NoAnswers.CountIn(tokens, first, last); n > 0; n--)
            yield return ReasonIds.Unanswered;
    }

    private static FixedPhrases Of(params string[] phrases) => new(phrases);
}
