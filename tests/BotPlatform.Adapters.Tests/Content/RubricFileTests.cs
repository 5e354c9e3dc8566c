using BotPlatform.Adapters.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class RubricFileTests
{
    [Theory]
    [InlineData("id: design", "id: designs", "1: expected the file to be rubrics/designs/1.0.0.yaml, found it at rubrics/design/1.0.0.yaml")]
    [InlineData("version: 1.0.0", "version: 1.0", "2: expected a version of the form 1.0.0, found \"1.0\"")]
    [InlineData("coverage: 0.8", "coverage: 80", "3: expected a number from 0 to 1 for \"coverage\", found \"80\"")]
    [InlineData("must_have_twos: 1", "must_have_twos: 1.5", "3: expected a whole number from 0 to 10 for \"must_have_twos\", found \"1.5\"")]
    [InlineData("yes_mean: 2.8", "yes_mean: 3.8", "3: expected strong_no_mean ≤ yes_mean ≤ strong_yes_mean, found another order")]
    [InlineData("weight: 0.12", "weight: 0.10", "4: expected the weights of the level mid to sum to 1, found 0.98")]
    [InlineData("weight: 0.12", "weight: -0.12", "12: expected a number from 0 to 1 for \"weight\", found \"-0.12\"")]
    [InlineData("must_have: true", "must_have: yes", "9: expected true or false for \"must_have\", found \"yes\"")]
    [InlineData("    step: data\n", "", "65: expected the step \"data\", found none")]
    [InlineData("about: What trade-offs is about", "about: What trade-offs is about\n    step: data", "218: expected no step for \"trade-offs\", found \"data\"")]
    [InlineData("          4: Looks like 4.\n", "", "14: expected the key \"4\" in the anchors, found none")]
    [InlineData("          4: Looks like 4.\n", "          4: Looks like 4.\n          5: Looks like 5.\n", "18: expected a key of the anchors (1, 2, 3, 4), found \"5\"; did you mean \"1\"?")]
    [InlineData("essentials: [requirements.first, requirements.second]", "essentials: [requirements.first]", "18: expected 2 to 3 essentials, found 1")]
    [InlineData("essentials: [requirements.first, requirements.second]", "essentials: [requirements.first, requirements.secnd]", "18: expected a point of the criterion requirements, found \"requirements.secnd\"; did you mean \"requirements.second\"?")]
    [InlineData("essentials: [requirements.first, requirements.second]", "essentials: [requirements.first, requirements.first]", "18: expected each essential once, found \"requirements.first\" again")]
    [InlineData("    criterion: requirements\n    level: mid", "    criterion: requirements\n    level: senior", "18: expected essentials for the level mid, found \"requirements.first\", which is expected from senior on")]
    [InlineData("id: communication", "id: comunication", "4: expected the criterion \"communication\", found none | 271: expected one of the ten criteria, found \"comunication\"; did you mean \"communication\"?")]
    [InlineData("criterion: data\n", "criterion: dta\n", "337: expected one of the ten criteria, found \"dta\"; did you mean \"data\"?")]
    [InlineData("concepts: [ranking]", "concepts: [rankings]", "304: expected a concept of this rubric, found \"rankings\"; did you mean \"ranking\"?")]
    [InlineData("needs: reasoned", "needs: reasons", "305: expected named, reasoned or quantified, found \"reasons\"; did you mean \"reasoned\"?")]
    [InlineData("needs: reasoned", "needs: reasoned\n    also: [date]", "306: expected requirements, framing, data, modeling, evaluation, serving or monitoring, found \"date\"; did you mean \"data\"?")]
    [InlineData("What about requirements, second?", "What about requirements, first?", "315: expected a probe of its own for \"requirements.second\", found the one of \"requirements.first\"")]
    [InlineData("What about requirements, second?", "Say more.", "315: expected exactly one question mark, found 0")]
    [InlineData("id: accuracy\n", "id: ranking\n", "430: expected each concept id once, found \"ranking\" again")]
    [InlineData("    label: accuracy\n", "", "430: expected the key \"label\" in the concept, found none")]
    public void A_mistake_is_named_with_its_line_and_what_was_expected(string right, string wrong, string expected)
    {
        var parsed = RubricFile.Parse(ContentSamples.RubricPath, ContentSamples.Rubric.With(right, wrong));

        parsed.Value.ShouldBeNull();
        parsed.Errors.Select(e => e.ToString()).ShouldBe(expected.Split(" | ").Select(e => $"rubrics/design/1.0.0.yaml:{e}"));
    }

    [Fact]
    public void Criteria_stand_in_the_order_of_scorecards()
    {
        var text = ContentSamples.Rubric;
        var from = text.IndexOf("  - id: trade-offs\n", StringComparison.Ordinal);
        var middle = text.IndexOf("  - id: consistency\n", StringComparison.Ordinal);
        var to = text.IndexOf("  - id: communication\n", StringComparison.Ordinal);

        var parsed = RubricFile.Parse(ContentSamples.RubricPath, text[..from] + text[middle..to] + text[from..middle] + text[to..]);

        parsed.Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "rubrics/design/1.0.0.yaml:4: expected the criteria in the order requirements, framing, data, modeling, evaluation, serving, "
            + "monitoring, trade-offs, consistency, communication, found another");
    }

    [Fact]
    public void Communication_weighs_at_most_a_twentieth()
    {
        var parsed = RubricFile.Parse(ContentSamples.RubricPath, ContentSamples.Rubric.With("weight: 0.03", "weight: 0.06"));

        parsed.Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "rubrics/design/1.0.0.yaml:276: expected a number from 0 to 0.05 for \"weight\", found \"0.06\"");
    }

    [Fact]
    public void Content_stored_earlier_is_read_again()
    {
        var parsed = RubricFile.Parse("stored 0a1b", ContentSamples.Rubric);

        parsed.Errors.ShouldBeEmpty();
        parsed.Value!.Hash.ShouldBe(ContentText.Hash(ContentSamples.Rubric));
    }
}
