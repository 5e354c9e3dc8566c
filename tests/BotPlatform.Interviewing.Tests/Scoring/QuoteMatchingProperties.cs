using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Scoring;

/// <summary>A text, and what a model may make of a part of it.</summary>
public sealed class QuoteMatchingProperties
{
    // Each of these may be written in any of its ways.
    private static readonly string[][] Ways =
    [
        [" ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u202F", "\u3000", " \u200B ", "\u2028"],
        ["'", "’", "‘", "‚", "‹"],
        ["\"", "“", "”", "„", "«", "»"],
        ["-", "–", "—", "\u2011", "\u2212"],
    ];

    private static readonly string[] Words = ["split", "by", "site", "10k", "🐦", "é", "日本", "a.b", "\ud83d", "noise,", "(x)"];

    private static readonly Gen<string[]> Parts = Gen.OneOf(Gen.Elements(Words), Gen.Elements(Ways.Select(w => w[0]).ToArray())).ArrayOf();

    private static readonly Gen<(string Before, string Said, string Quote, string After)> Case =
        from before in Parts.SelectMany(Written)
        from after in Parts.SelectMany(Written)
        from core in Parts
        let whole = core.Prepend("hikers").Append("listen").ToArray()
        from said in Written(whole)
        from quote in Written(whole)
        select (before, said, quote, after);

    [Fact]
    public void However_quotes_dashes_and_white_space_are_written_the_turns_own_span_is_found() => ForAll(Case, c =>
    {
        var turn = new Turn(2, Speaker.Candidate, Problems.Step.Data, c.Before + c.Said + c.After);

        var found = QuoteMatching.All(turn, c.Quote).ToArray();

        found.ShouldContain(s => turn.Text.Substring(s.Start, s.Length) == c.Said);
        found.ShouldAllBe(s => Plain(turn.Text.Substring(s.Start, s.Length)) == Plain(c.Quote));
    });

    [Fact]
    public void Whatever_is_claimed_a_span_lies_within_its_turn_and_reads_like_the_claim() => ForAll(Parts.SelectMany(Written).Two(), pair =>
    {
        var turn = new Turn(2, Speaker.Candidate, Problems.Step.Data, pair.Item1);

        foreach (var span in QuoteMatching.All(turn, pair.Item2))
        {
            (span.Turn, span.Start >= 0, span.Length > 0, span.Start + span.Length <= turn.Text.Length).ShouldBe((2, true, true, true));
            Plain(turn.Text.Substring(span.Start, span.Length)).ShouldBe(Plain(pair.Item2));
        }
    });

    private static Gen<string> Written(string[] parts) =>
        Gen.CollectToArray(parts, p => Gen.Elements(Array.Find(Ways, w => w[0] == p) ?? [p])).Select(string.Concat);

    private static string Plain(string text)
    {
        foreach (var way in Ways.Skip(1))
            text = way.Aggregate(text, (t, w) => t.Replace(w, way[0], StringComparison.Ordinal));
        return string.Join(' ', text.Replace('\u200B', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void ForAll<T>(Gen<T> gen, Action<T> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(20));
}
