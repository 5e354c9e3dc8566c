using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>One place in a sequence: any of these symbols, right after the one before it or within a gap's reach.</summary>
internal readonly record struct TermPlace(HashSet<int> Symbols, bool AfterGap);

/// <summary>Flattens patterns: a choice between single words stays one place, one between phrases makes more sequences.</summary>
internal static class TermSequence
{
    public static List<TermPlace[]> Of(ImmutableArray<Part> phrase, TermSymbols symbols)
    {
        var sequences = Expand(phrase, symbols);
        return [.. sequences.Where(s => s.Count > 0).Select(s => s.ToArray())];
    }

    private static List<List<TermPlace>> Expand(ImmutableArray<Part> phrase, TermSymbols symbols)
    {
        var all = new List<List<TermPlace>> { new() };
        var gap = false;
        foreach (var part in phrase)
        {
            if (part is Part.Gap)
            {
                gap = true;
                continue;
            }

            var options = Options(part, symbols);
            all = [.. all.SelectMany(_ => options, (before, option) => Joined(before, option, gap))];
            gap = false;
        }

        return all;
    }

    private static List<TermPlace> Joined(List<TermPlace> before, List<TermPlace> option, bool gap)
    {
        if (option.Count == 0)
            return before;
        return [.. before, option[0] with { AfterGap = gap || option[0].AfterGap }, .. option.Skip(1)];
    }

    private static List<List<TermPlace>> Options(Part part, TermSymbols symbols)
    {
        if (part is not Part.AnyOf any)
            return [[new TermPlace([symbols.Of(part)], AfterGap: false)]];
        var single = any.Phrases.Where(p => p.Length == 1 && p[0] is not Part.AnyOf).Select(p => symbols.Of(p[0])).ToHashSet();
        var options = any.Phrases.Where(p => p.Length != 1 || p[0] is Part.AnyOf).SelectMany(p => Expand(p, symbols)).ToList();
        if (single.Count > 0)
            options.Add([new TermPlace(single, AfterGap: false)]);
        return options;
    }
}
