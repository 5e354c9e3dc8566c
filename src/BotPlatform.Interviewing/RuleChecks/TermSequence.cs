using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>One place in a sequence: any of these symbols, right after the one before it or within a gap's reach.</summary>
internal readonly record struct TermPlace(HashSet<int> Symbols, bool AfterGap)
{
    /// <summary>One bit of 63 for each symbol: a text without any of these bits holds none of the symbols.</summary>
    public ulong Bits { get; } = Symbols.Aggregate(0UL, (bits, symbol) => bits | TermSymbols.BitOf(symbol));
}

/// <summary>Flattens patterns: a choice between single words stays one place, one between phrases makes more sequences.</summary>
internal static class TermSequence
{
    public static IEnumerable<TermPlace[]> Of(ImmutableArray<Part> phrase, TermSymbols symbols) =>
        Expand(phrase, symbols).Where(s => s.Length > 0);

    private static TermPlace[][] Expand(ImmutableArray<Part> phrase, TermSymbols symbols)
    {
        TermPlace[][] all = [[]];
        var gap = false;
        foreach (var part in phrase)
        {
            if (part is Part.Gap)
            {
                gap = true;
                continue;
            }

            var options = Options(part, symbols);
            var afterGap = gap;
            all = all.SelectMany(_ => options, (before, option) => Joined(before, option, afterGap)).ToArray();
            gap = false;
        }

        return all;
    }

    private static TermPlace[] Joined(TermPlace[] before, TermPlace[] option, bool afterGap)
    {
        if (option.Length == 0)
            return before;
        var first = option[0] with { AfterGap = afterGap || option[0].AfterGap };
        return before.Append(first).Concat(option.Skip(1)).ToArray();
    }

    private static TermPlace[][] Options(Part part, TermSymbols symbols)
    {
        if (part is not Part.AnyOf any)
            return [[new TermPlace([symbols.Of(part)], AfterGap: false)]];
        var single = any.Phrases.Where(p => p.Length == 1 && p[0] is not Part.AnyOf).Select(p => symbols.Of(p[0])).ToHashSet();
        var options = any.Phrases.Where(p => p.Length != 1 || p[0] is Part.AnyOf).SelectMany(p => Expand(p, symbols));
        return single.Count == 0 ? options.ToArray() : options.Append([new TermPlace(single, AfterGap: false)]).ToArray();
    }
}
