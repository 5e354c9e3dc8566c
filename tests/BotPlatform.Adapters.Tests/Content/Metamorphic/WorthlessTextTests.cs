using System.Collections.Immutable;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>What says nothing moves no score up, wherever it is put.</summary>
public sealed class WorthlessTextTests
{
    [Fact]
    public void Praise_raises_nothing() => Added(WorthlessTexts.Praise).ShouldBeEmpty();

    [Fact]
    public void Talk_about_something_else_raises_nothing() => Added(WorthlessTexts.OffTopic).ShouldBeEmpty();

    [Fact]
    public void Lists_of_keywords_raise_nothing() => Added(WorthlessTexts.Keywords).ShouldBeEmpty();

    [Fact]
    public void Text_like_an_article_raises_nothing() => Added(WorthlessTexts.Articles).ShouldBeEmpty();

    [Fact]
    public void Instructions_to_the_grader_raise_nothing() => Added(GraderTexts.All).ShouldBeEmpty();

    [Fact]
    public void Fluent_filler_raises_nothing_whatever_its_length()
    {
        Added(WorthlessTexts.Filler).ShouldBeEmpty();
        Added([string.Join(" ", WorthlessTexts.Filler)]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_speaks_to_a_grader_is_flagged_with_its_turn()
    {
        var session = GoldSession.All[0];
        var last = session.Turns.Length + 1;
        var unflagged = GraderTexts.All.Where(text => !session
            .Score(session.Turns.Add(session.Turns[^1] with { N = last, Speaker = Speaker.Candidate, Text = text })).Flags
            .Any(f => f.Kind == "addressed_to_grader" && f.Turn == last));

        unflagged.ShouldBeEmpty();
    }

    // Every text in every session, each time in one of the places or as a message of its own.
    private static IEnumerable<Moved> Added(ImmutableArray<string> texts) =>
        from session in GoldSession.All.Index().AsParallel().AsOrdered()
        from text in texts.Index()
        let place = (session.Index + text.Index) % (Change.Places.Length + 1)
        let changed = place < Change.Places.Length
            ? Change.EveryAnswer(session.Item.Turns, answer => Change.Places[place](answer, text.Item))
            : Change.OwnTurns(session.Item.Turns, _ => text.Item)
        from moved in session.Item.Moves(changed)
        where moved.IsUp
        select moved;
}
