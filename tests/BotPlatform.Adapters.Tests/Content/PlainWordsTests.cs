using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

/// <summary>What people say in plain words counts like the terms of the trade, and what is no wrong turn costs nothing.</summary>
public sealed class PlainWordsTests
{
    private static readonly RuleBook General = RuleBook.Compile(ContentFolder.Load(Repository.Root).Rubrics[^1], problem: null);

    [Theory]
    [InlineData(Step.Requirements, "requirements.goal", "Why are we building this model, and what does the company hope to get from the ranking?")]
    [InlineData(Step.Framing, "framing.alternatives", "Another approach would be regression on the price, but the label is too noisy, so I take the ranking.")]
    [InlineData(Step.Framing, "framing.inputs-outputs", "The odds that a guest books, seen from the query and the listing.")]
    [InlineData(Step.Data, "data.preparation", "An empty description gets a bucket of its own, because filling it with the average hides that it is missing.")]
    [InlineData(Step.Data, "data.negatives", "We keep every fraud case and one in fifty of the rest, and shift the probability back afterwards.")]
    [InlineData(Step.Data, "data.leakage", "Each counter is taken as it stood at the moment of the request, so nothing that came after gets in.")]
    [InlineData(Step.Data, "data.time-split", "The rows are cut by week: the model learns on the older ones and is tested on the newest two.")]
    [InlineData(Step.Data, "data.parity", "The same query fills the columns for training and for the live service, so they cannot drift apart.")]
    [InlineData(Step.Data, "data.feedback-loop", "The model only ever learns about the impressions that it displayed, so what it ranks low stays unknown.")]
    [InlineData(Step.Data, "data.cold-start", "A new restaurant borrows the averages of similar restaurants nearby until it has fifty orders of its own.")]
    [InlineData(Step.Evaluation, "evaluation.online-test", "Then I divide by household for four weeks; the main number is weekly bookings, because that is the goal.")]
    [InlineData(Step.Evaluation, "evaluation.guardrails", "Complaints and refunds must not go up by more than 2%, or the model does not ship.")]
    [InlineData(Step.Serving, "serving.fallback", "Where the ranker is late we show yesterday's list, so the page is never empty.")]
    [InlineData(Step.Monitoring, "monitoring.rollback", "The last three versions are kept, and one switch puts the old model back.")]
    public void Plain_words_show_it(Step step, string point, string said) => Checked(step, said).ShouldContain((point, CheckOutcome.Met));

    [Theory]
    [InlineData("evaluation.split", "We split by day, three weeks to train and one to test, since demand moves with the season.")]
    [InlineData("requirements.inputs-outputs", null)]
    public void What_is_told_a_step_away_counts_where_it_belongs(string point, string? inData)
    {
        var scorecard = Score(
            (Step.Requirements, "How large is the catalogue of listings, and how many users ask for a ranking each day?"),
            (Step.Framing, "The input is a query with its user, the output is a ranked list of listings."),
            (Step.Data, inData ?? "Clicks and bookings come from the event logs."),
            (Step.Evaluation, "NDCG on the bookings, because the order is what users see."));

        Checks(scorecard).ShouldContain((point, CheckOutcome.Met));
    }

    [Theory]
    [InlineData(Step.Data, "Two billion sounds like a lot of rows, but a good part of the clicks comes from bots.")]
    [InlineData(Step.Data, "Five percent of the lists are shuffled, and training on these rows is weighted by the inverse chance of exposure.")]
    [InlineData(Step.Modeling, "One percent of traffic explores at random, and each new listing stops exploring at 2,000 views.")]
    [InlineData(Step.Evaluation, "Accuracy says nothing: a model that never flags is right in 99% of the cases.")]
    [InlineData(Step.Serving, "The index holds items of the last 60 days, fits into 7 GB of memory and is replicated, not sharded.")]
    [InlineData(Step.Serving, "We show nothing of the generated answer before its check against the sources has passed.")]
    [InlineData(Step.Monitoring, "We retrain every three months with the newest labels, and the model is compared with the old one on the same cities.")]
    public void What_is_no_wrong_turn_costs_nothing(Step step, string said) =>
        Checked(step, said).ShouldNotContain(c => c.Outcome == CheckOutcome.Violated);

    [Theory]
    [InlineData("The rows are shuffled and split 80/20.", "That puts one card on both sides: bad idea, withdrawn. We cut by month and test on the last one.")]
    [InlineData("I would report accuracy on the test set.", "Scratch accuracy: nobody leaves in 99% of the cases. Precision in the top 3,000 is what the callers need.")]
    public void What_is_taken_back_in_plain_words_costs_nothing(string said, string then)
    {
        var scorecard = Score((Step.Data, said), (Step.Data, then));

        Checks(scorecard).ShouldNotContain(c => c.Outcome == CheckOutcome.Violated && !c.Id.StartsWith("conflict.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_random_split_is_charged_however_even_its_sides_are() =>
        Checked(Step.Data, "Everything goes into one table, drop duplicates, then shuffle and split 80/20 so that both sides have the same share of positives.")
            .ShouldContain(("random-split-defended", CheckOutcome.Violated));

    private static IEnumerable<(string Id, CheckOutcome Outcome)> Checked(Step step, string said) => Checks(Score((step, said)));

    private static IEnumerable<(string Id, CheckOutcome Outcome)> Checks(Scorecard card) => card.Scores.SelectMany(s => s.Checks).Select(c => (c.Id, c.Outcome));

    private static Scorecard Score(params (Step Step, string Text)[] answers) => RuleScoring.Score(
        General,
        Level.Staff,
        [.. answers.SelectMany((a, i) => new[]
        {
            new Turn((2 * i) + 1, Speaker.Interviewer, a.Step, "Go on."),
            new Turn((2 * i) + 2, Speaker.Candidate, a.Step, a.Text),
        })],
        Circumstances.Unknown);
}
