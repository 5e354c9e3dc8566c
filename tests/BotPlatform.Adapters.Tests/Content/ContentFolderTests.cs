using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing.Rubrics;
using Shouldly;
using Xunit;
using ContentNotice = BotPlatform.Interviewing.Problems.ContentNotice;
using Level = BotPlatform.Interviewing.Problems.Level;
using Step = BotPlatform.Interviewing.Problems.Step;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class ContentFolderTests
{
    [Fact]
    public void Healthy_files_become_records()
    {
        using var root = ContentRoot.Healthy();

        var load = ContentFolder.Load(root.Path);

        load.Errors.ShouldBeEmpty();
        load.Problems.Select(p => p.Slug).ShouldBe(["ads", "feed"]);
        var rubric = load.Rubrics.ShouldHaveSingleItem();
        rubric.Criteria.Select(c => c.Id).ShouldBe(
            ["requirements", "framing", "data", "modeling", "evaluation", "serving", "monitoring", "trade-offs", "consistency", "communication"]);
        rubric.Criterion("data").Step.ShouldBe(Step.Data);
        rubric.Criterion("trade-offs").Step.ShouldBeNull();
        rubric.Criterion("data").Cells[Level.Senior].Weight.ShouldBe(0.12);
        rubric.Criterion("data").Cells[Level.Staff].Anchors[3].ShouldBe("Looks like 4.");
        rubric.Points[0].Needs.ShouldBe(Strength.Reasoned);
        rubric.Recommendation.YesMean.ShouldBe(2.8);
        var problem = load.Problems[1];
        problem.Opening.ShouldBe("Today we design a feed.\nTake your time.");
        problem.Notice.ShouldBe(new ContentNotice("Some posts are rude.", "ads"));
        problem.Steps[Step.Serving].Question.ShouldBe("How would you do serving?");
        problem.Points.Select(p => p.Id).ShouldContain("data.first");
        problem.Points.Single(p => p.Id == "data.labels-late").Level.ShouldBe(Level.Senior);
        problem.Points.Single(p => p.Id == "data.first").Level.ShouldBeNull();
        problem.Quantities[0].High.ShouldBe(70e6);
        load.Texts[problem.Hash].ShouldBe(ContentSamples.Problem);
    }
}
