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

    [Fact]
    public void A_broken_problem_stops_no_other_one()
    {
        using var root = ContentRoot.Healthy().Add("prompts/problems/broken.yaml", "slug: [");

        var load = ContentFolder.Load(root.Path);

        load.Problems.Select(p => p.Slug).ShouldBe(["ads", "feed"]);
        load.Errors.ShouldAllBe(e => e.File == "prompts/problems/broken.yaml");
        load.Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_broken_rubric_stops_neither_the_older_version_nor_the_problems()
    {
        using var root = ContentRoot.Healthy()
            .Add("rubrics/design/1.1.0.yaml", ContentSamples.Rubric.With("version: 1.0.0", "version: 1.1.0").With("weight: 0.12", "weight: 1.2"))
            .Add(ContentSamples.ProblemPath, ContentSamples.Problem.With("task_types: [ranking]", "task_types: [only-in-the-new-one]"));

        var load = ContentFolder.Load(root.Path);

        load.Rubrics.Select(r => r.Version).ShouldBe(["1.0.0"]);
        load.Problems.Select(p => p.Slug).ShouldBe(["ads", "feed"]);
        load.Errors.ShouldHaveSingleItem().File.ShouldBe("rubrics/design/1.1.0.yaml");
    }

    [Fact]
    public void Versions_of_a_rubric_come_in_the_order_of_their_numbers()
    {
        using var root = ContentRoot.Healthy()
            .Add("rubrics/design/1.10.0.yaml", ContentSamples.Rubric.With("version: 1.0.0", "version: 1.10.0"))
            .Add("rubrics/design/1.9.0.yaml", ContentSamples.Rubric.With("version: 1.0.0", "version: 1.9.0"));

        ContentFolder.Load(root.Path).Rubrics.Select(r => r.Version).ShouldBe(["1.0.0", "1.9.0", "1.10.0"]);
    }

    [Fact]
    public void Files_of_a_mounted_volume_and_notes_are_left_out()
    {
        using var root = ContentRoot.Healthy()
            .Add("rubrics/..data/1.0.0.yaml", "not: read")
            .Add("rubrics/README.md", "# not read")
            .Add("prompts/interviewer/system.yaml", "not: read");

        ContentFolder.Load(root.Path).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void The_other_ending_is_named()
    {
        using var root = ContentRoot.Healthy().Add("prompts/problems/ranking.yml", "not: read");

        ContentFolder.Load(root.Path).Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "prompts/problems/ranking.yml: expected the ending .yaml, found .yml");
    }

    [Fact]
    public void Empty_folders_are_named()
    {
        using var root = new ContentRoot().Add("rubrics/README.md", "# nothing yet");

        ContentFolder.Load(root.Path).Errors.Select(e => e.ToString()).ShouldBe(
        [
            "rubrics: expected at least one YAML file, found none",
            "prompts/problems: expected a folder with YAML files, found none",
        ]);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named()
    {
        using var root = ContentRoot.Healthy();
        File.CreateSymbolicLink(Path.Combine(root.Path, "prompts/problems/gone.yaml"), "nowhere.yaml");

        var error = ContentFolder.Load(root.Path).Errors.ShouldHaveSingleItem();

        error.File.ShouldBe("prompts/problems/gone.yaml");
        error.Message.ShouldStartWith("expected a readable file, found: ");
    }
}
