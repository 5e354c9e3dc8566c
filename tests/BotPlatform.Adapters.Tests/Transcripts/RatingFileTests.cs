using System.Text;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Calibration;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Transcripts;

public sealed class RatingFileTests
{
    private static readonly string[] Criteria = ["data", "serving"];

    [Fact]
    public void A_rating_is_read_as_the_gold_ratings_are_written()
    {
        var rating = Read("""
            {"session":"S1","level":"senior","scores":{
            "data":{"score":3,"quotes":[{"turn":2,"text":"x"}],"why":"Splits by time."},
            "serving":{"score":null,"quotes":[],"why":"Not asked."}},
            "recommendation":"yes","level_shown":"senior","confidence":"high"}
            """).Value.ShouldNotBeNull();

        rating.Rater.ShouldBe("r1");
        rating.Level.ShouldBe(Level.Senior);
        rating.Recommendation.ShouldBe(Recommendation.Yes);
        rating.Scores["data"].ShouldBe(new RatedScore(3, "Splits by time."));
        rating.Scores["serving"].Value.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"scores":{}}""")]
    [InlineData("""{"scores":{"data":null},"recommendation":null,"level":null}""")]
    public void A_rating_may_lack_what_the_rater_left_out(string json)
    {
        var rating = Read(json).Value.ShouldNotBeNull();

        rating.Scores.ShouldBeEmpty();
        rating.Recommendation.ShouldBeNull();
        rating.Level.ShouldBeNull();
    }

    [Theory]
    [InlineData("""[1]""", "r1/S1.json: expected an object with session, level, scores and recommendation")]
    [InlineData("""{"session":"S2","scores":{}}""", "r1/S1.json: \"session\": expected 'S1', found 'S2'")]
    [InlineData("""{"level":"principal","scores":{}}""", "r1/S1.json: \"level\": expected mid, senior or staff, found 'principal'")]
    [InlineData("""{"level":3,"scores":{}}""", "r1/S1.json: \"level\": expected mid, senior or staff, found '3'")]
    [InlineData("""{"recommendation":"maybe","scores":{}}""", "r1/S1.json: \"recommendation\": expected strong_no, no, yes or strong_yes, found 'maybe'")]
    [InlineData("""{"recommendation":"insufficient_evidence","scores":{}}""", "r1/S1.json: \"recommendation\": expected strong_no, no, yes or strong_yes, found 'insufficient_evidence'")]
    [InlineData("""{"level":"mid"}""", "r1/S1.json: \"scores\": expected an object with a score for each criterion")]
    [InlineData("""{"scores":{"style":{"score":3}}}""", "r1/S1.json: scores: 'style' is no criterion, expected data, serving")]
    [InlineData("""{"scores":{"data":{"score":5}}}""", "r1/S1.json: scores.data: expected an object with a \"score\" of 1 to 4 or null, and a \"why\"")]
    [InlineData("""{"scores":{"data":{"score":2.5}}}""", "r1/S1.json: scores.data: expected an object with a \"score\" of 1 to 4 or null, and a \"why\"")]
    [InlineData("""{"scores":{"data":{"score":"3"}}}""", "r1/S1.json: scores.data: expected an object with a \"score\" of 1 to 4 or null, and a \"why\"")]
    [InlineData("""{"scores":{"data":3}}""", "r1/S1.json: scores.data: expected an object with a \"score\" of 1 to 4 or null, and a \"why\"")]
    [InlineData("""{"scores":{"data":{"score":3},"data":{"score":1}}}""", "r1/S1.json: a property stands twice in one object")]
    [InlineData("{\"scores\":\n{\"data\":}", "r1/S1.json:2: expected JSON, it breaks at byte 9 of the line")]
    [InlineData("""{"session":"\ud800","scores":{}}""", "r1/S1.json: holds half a character (a lone surrogate)")]
    public void Whatever_else_is_refused_with_one_line(string json, string expected) => Read(json).Refused.ShouldBe(new Refusal(expected));

    private static Outcome<Rating> Read(string json) =>
        RatingFile.Parse("r1/S1.json", Encoding.UTF8.GetBytes(json), "r1", "S1", Criteria);
}
