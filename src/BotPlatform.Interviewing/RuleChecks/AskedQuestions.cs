using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Questions to the interviewer: which facts they ask for, and which no fact answers.</summary>
internal static class AskedQuestions
{
    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "what", "whats", "how", "do", "does", "is", "are", "which", "who", "where", "when", "can", "should", "any", "will", "did", "has", "have", "could",
    };

    public static IEnumerable<Finding> Of(Reading reading, Dictionary<int, string> worthless)
    {
        var facts = reading.Matches.Where(m => m.Owner.Use == TermUse.Fact).ToLookup(m => reading.SentenceOf(m.First), m => m.Owner.Id);
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            if (worthless.ContainsKey(n) || !(sentence.IsQuestion || IsListed(reading, n)))
                continue;
            var asked = facts[n].Distinct(StringComparer.Ordinal).ToArray();
            var span = reading.SpanOf(sentence.First, sentence.Last);
            foreach (var fact in asked)
                yield return new Finding(FindingKind.FactAsked, fact, Strength.Named, span);
            if (asked.Length == 0 && sentence.IsQuestion && Openers.Contains(reading.Tokens[sentence.First].Plain))
                yield return new Finding(FindingKind.OpenQuestion, "open", Strength.Named, span);
        }
    }

    // "few questions first" and then bullets without question marks.
    private static bool IsListed(Reading reading, int n) =>
        reading.Step == Problems.Step.Requirements
        && reading.Tokens.Take(12).Any(t => t.Stem == "question")
        && n > 0
        && !reading.Sentences[n].IsReasoned;
}
