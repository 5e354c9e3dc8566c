using System.Collections.Immutable;
using BotPlatform.Interviewing.Probes;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Wording;

/// <summary>What a language model may choose from when it words what the interviewer says next.</summary>
/// <param name="Gaps">Probes that are worth the same to the engine, its own choice first; empty when only a question is answered.</param>
/// <param name="Facts">What may be told; empty unless the candidate has asked something.</param>
/// <param name="Question">The engine's own question.</param>
public sealed record WordingOffer(ImmutableArray<Probe> Gaps, ImmutableArray<Fact> Facts, string Question)
{
    /// <summary>Stands among the facts for what the problem leaves open.</summary>
    public static readonly Fact NotFixed = new("not-fixed", [], Phrases.NotFixed);

    private const int MostGaps = 4;

    /// <summary>What there is to word after the answer that was read last; null when the engine's own text serves as well.</summary>
    /// <param name="onlyQuestions">The answer asked and told nothing, so the question goes back to the candidate.</param>
    public static WordingOffer? Of(Session session, bool onlyQuestions)
    {
        var findings = session.Findings.Values.Last();
        var asked = findings.Any(f => f.Kind is FindingKind.FactAsked or FindingKind.OpenQuestion);
        ImmutableArray<Fact> facts = asked || AsksUnread(session, findings) ? [.. session.Book.Problem!.Facts, NotFixed] : [];
        if (onlyQuestions)
            return new WordingOffer([], facts, Phrases.GoOn);
        var probes = NextProbe.Candidates(session).ToArray();
        if (probes.Length == 0)
            return null;
        var alike = probes.Where(p => p.Kind == probes[0].Kind).DistinctBy(p => p.Text).Take(MostGaps);
        return new WordingOffer([.. alike], facts, probes[0].Text.Trim());
    }

    // The rules read one language. Of a question in another they see nothing at all, and a model may.
    private static bool AsksUnread(Session session, ImmutableArray<Finding> findings) =>
        findings.All(f => f.Kind is FindingKind.Junk or FindingKind.Quantity)
        && session.OpenAnswer().Any(t => t.Text.AsSpan().ContainsAny('?', '\uFF1F', '\u061F'));
}

/// <summary>What a language model made of an offer; not believed until <see cref="WordingChecks"/> finds nothing.</summary>
/// <param name="Gap">Id of the gap it chose; null where none was offered.</param>
/// <param name="Facts">Ids of the facts that the candidate asked for.</param>
/// <param name="Answer">The facts in the model's words; empty when none was asked for.</param>
/// <param name="Question">One question.</param>
public sealed record Worded(string? Gap, ImmutableArray<string> Facts, string Answer, string Question);
