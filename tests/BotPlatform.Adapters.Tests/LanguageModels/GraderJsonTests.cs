using System.Text.Json;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Tests.Content;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>What a grader answers is read strictly, whatever the provider promised.</summary>
public sealed class GraderJsonTests
{
    private const string Score = """
        { "criterion": "data", "anchors": [true, true, true, false], "essentials": [{ "id": "data.first", "met": true }],
          "quotes": [{ "turn": 2, "text": "We split by time." }], "value": 3, "missing": "Little.", "raise": "" }
        """;

    private const string Good = $$"""{ "language": "en", "scores": [{{Score}}] }""";

    [Fact]
    public void A_reply_is_read_as_it_stands()
    {
        var reply = GraderJson.Read(Good)!;

        reply.Language.ShouldBe("en");
        var score = reply.Scores.ShouldHaveSingleItem();
        (score.Criterion, score.Value, score.Missing, score.Raise).ShouldBe(("data", 3, "Little.", ""));
        score.Anchors.ShouldBe([true, true, true, false]);
        score.Essentials.Select(e => (e.Id, e.Met)).ShouldBe([("data.first", true)]);
        score.Quotes.Select(q => (q.Turn, q.Text)).ShouldBe([(2, "We split by time.")]);
    }

    [Theory]
    [InlineData("```json\n", "\n```")]
    [InlineData("```\n", "\n```\n")]
    [InlineData("\n\n  ", "  \n")]
    public void Fences_and_empty_lines_around_it_do_no_harm(string before, string after) => GraderJson.Read(before + Good + after).ShouldNotBeNull();

    [Theory]
    [InlineData("\"language\": \"en\"", "\"language\": \"en\", \"note\": \"hello\"")]
    [InlineData("\"met\": true", "\"met\": true, \"why\": \"said\"")]
    [InlineData("\"language\": \"en\", ", "")]
    [InlineData(", \"raise\": \"\"", "")]
    [InlineData("\"value\": 3, ", "")]
    [InlineData("\"anchors\": [true, true, true, false], ", "")]
    [InlineData(", \"met\": true", "")]
    [InlineData("\"language\": \"en\"", "\"language\": null")]
    [InlineData("\"missing\": \"Little.\"", "\"missing\": null")]
    [InlineData("\"anchors\": [true, true, true, false]", "\"anchors\": null")]
    [InlineData("\"anchors\": [true, true, true, false]", "\"anchors\": [true, null, true, false]")]
    [InlineData("\"quotes\": [{", "\"quotes\": [null, {")]
    [InlineData("\"essentials\": [{", "\"essentials\": [null, {")]
    [InlineData("\"scores\": [{", "\"scores\": [null, {")]
    [InlineData("\"text\": \"We split by time.\"", "\"text\": null")]
    [InlineData("\"language\": \"en\"", "\"language\": \"en\", \"language\": \"de\"")]
    [InlineData("\"value\": 3", "\"value\": 3, \"value\": 4")]
    [InlineData("\"value\": 3", "\"Value\": 3")]
    [InlineData("\"value\": 3", "\"value\": \"3\"")]
    [InlineData("\"value\": 3", "\"value\": 2.5")]
    [InlineData("\"value\": 3", "\"value\": 3000000000")]
    [InlineData("\"value\": 3", "\"value\": null")]
    [InlineData("\"met\": true", "\"met\": \"true\"")]
    [InlineData("\"turn\": 2", "\"turn\": \"2\"")]
    [InlineData("\"criterion\": \"data\"", "\"criterion\": [\"data\"]")]
    [InlineData("We split", "\\ud800 We split")]
    [InlineData("\"text\"", "\"\\ud800\"")]
    [InlineData("\"en\"", "\"en\" /* a comment */")]
    [InlineData("\"raise\": \"\"", "\"raise\": \"\",")]
    public void Anything_else_is_no_reply(string right, string wrong) => GraderJson.Read(Good.With(right, wrong)).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("```")]
    [InlineData("``````")]
    [InlineData("```json```")]
    [InlineData("I cannot grade this.")]
    [InlineData("Here it is: " + Good)]
    [InlineData(Good + " I hope that helps.")]
    [InlineData(Good + Good)]
    [InlineData("""{ "language": "en", "scores": null }""")]
    [InlineData("""{ "language": "en", "scores": {} }""")]
    public void Neither_is_what_is_no_grade_at_all(string text) => GraderJson.Read(text).ShouldBeNull();

    [Fact]
    public void Half_a_reply_is_none_wherever_it_is_cut()
    {
        for (var length = 0; length < Good.Length; length++)
            GraderJson.Read(Good[..length]).ShouldBeNull();
    }

    [Fact]
    public void Deep_nesting_and_great_length_are_no_trouble()
    {
        GraderJson.Read(new string('[', 1_000_000)).ShouldBeNull();
        GraderJson.Read(Good.With("\"en\"", new string('[', 100_000) + new string(']', 100_000))).ShouldBeNull();
        GraderJson.Read(Good.With("We split by time.", new string('a', 1_000_000)))!.Scores[0].Quotes[0].Text.Length.ShouldBe(1_000_000);
    }

    [Fact]
    public void Every_provider_takes_the_schema_of_every_rubric_at_every_level()
    {
        foreach (var rubric in ContentFolder.Load(Repository.Root).Rubrics)
        {
            foreach (var level in Enum.GetValues<Level>())
            {
                var schema = GraderJson.Schema(rubric, level);

                StrictSchema.OpenAi.FirstFault(schema).ShouldBeNull();
                StrictSchema.Anthropic.FirstFault(schema).ShouldBeNull();
                schema.GetRawText().ShouldNotContain("null");
                Criteria(schema).ShouldBe(rubric.Criteria.Select(c => c.Id));
            }
        }
    }

    private static IEnumerable<string?> Criteria(JsonElement schema) => schema
        .GetProperty("properties").GetProperty("scores").GetProperty("items").GetProperty("properties").GetProperty("criterion").GetProperty("enum")
        .EnumerateArray().Select(c => c.GetString());
}
