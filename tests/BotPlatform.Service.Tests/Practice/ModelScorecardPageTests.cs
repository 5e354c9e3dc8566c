using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BotPlatform.Service.Tests.Commands;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>The scorecard page where a language model graded, and while it still has to.</summary>
public sealed class ModelScorecardPageTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Markup = "<script>alert(1)</script>";
    private int _graded;
    private ModelServer _server = null!;
    private ServiceUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(r => GoodReplies.To(r));
        _service = await ServiceUnderTest.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(_server)), content: CommandContent.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Both_parts_and_why_a_person_should_look_are_there()
    {
        _server.Answer = Grading(sample => GoodGrade(sample, value: (int[])[2, 4, 4]));

        var page = await ScorecardAsync();

        page.QuerySelector(".summary")!.TextContent.ShouldContain("Scored by test-model");
        page.QuerySelector(".summary")!.TextContent.ShouldNotContain("Rules only");
        page.QuerySelector("#requirements .score")!.GetAttribute("data-value").ShouldBe("4");
        var parts = page.QuerySelector("#requirements .parts")!.TextContent;
        parts.ShouldMatch("^Language model 4 \\(samples [24], [24], [24]\\), rules [1-4]\\. Worth a second look: the samples differ by 2(; models and rules differ by [23])?\\.$");
        page.QuerySelector("#requirements summary")!.TextContent.ShouldStartWith("Rule checks");
        page.QuerySelector("#monitoring .parts").ShouldBeNull("nothing was asked there");
    }

    [Fact]
    public async Task A_models_words_are_shown_as_they_are_and_never_as_markup()
    {
        _server.Answer = Grading(sample => GoodGrade(sample, value: [3, 3, 3], missing: Markup));

        var page = await ScorecardAsync();

        page.QuerySelector("#requirements")!.TextContent.ShouldContain("What was missing, in the model's words " + Markup);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        page.QuerySelector("main")!.InnerHtml.ShouldNotContain(Markup);
    }

    [Fact]
    public async Task What_no_sample_could_hold_is_not_scored_with_both_parts_and_the_reason()
    {
        _server.Answer = Grading((request, _) => new ModelAnswer.Text(GoodReplies.Grade(request, 3, criterion => criterion == "requirements" ? 5 : 3).ToJsonString()));

        var page = await ScorecardAsync();

        var requirements = page.QuerySelector("#requirements")!;
        requirements.QuerySelector(".score")!.GetAttribute("data-value").ShouldBeNullOrEmpty();
        requirements.QuerySelector(".score")!.TextContent.ShouldContain("not scored");
        requirements.TextContent.ShouldContain("No sample of 3 held");
        requirements.QuerySelector(".parts")!.TextContent.ShouldMatch("^Language model none \\(samples none, none, none\\), rules [1-4]\\.$");
    }

    [Fact]
    public async Task While_the_model_grades_the_page_says_so_and_shows_no_score()
    {
        _server.Answer = Grading((_, _) => new ModelAnswer.Status(401));
        var id = await _service.Http.StopAfterAsync(CommandFolder.Answer);

        var page = await PageAsync($"/practice/{id}/scorecard");

        page.QuerySelector("#waiting")!.TextContent.ShouldStartWith("Waiting for the model: your scorecard is being prepared.");
        page.QuerySelectorAll(".criterion, .summary").ShouldBeEmpty();
        (await PageAsync("/practice")).QuerySelector($"[data-session='{id}'] .state")!.TextContent.ShouldBe("being scored");
    }

    private static ModelAnswer.Text GoodGrade((ModelRequest Request, int Number) sample, int[] value, string? missing = null)
    {
        var grade = GoodReplies.Grade(sample.Request, value[(sample.Number - 1) % value.Length]);
        foreach (var score in grade["scores"]!.AsArray())
            score!["missing"] = missing ?? score["missing"]!.GetValue<string>();
        return new ModelAnswer.Text(grade.ToJsonString());
    }

    private Func<ModelRequest, ModelAnswer> Grading(Func<(ModelRequest Request, int Number), ModelAnswer> grade) =>
        Grading((request, number) => grade((request, number)));

    // The grades alone, counted from 1 in the order in which they are asked for.
    private Func<ModelRequest, ModelAnswer> Grading(Func<ModelRequest, int, ModelAnswer> grade) =>
        request => GoodReplies.IsGrade(request) ? grade(request, Interlocked.Increment(ref _graded)) : GoodReplies.To(request);

    private async Task<IHtmlDocument> ScorecardAsync()
    {
        var ended = await _service.Http.InterviewAsync(CommandFolder.Answer);
        return await PageAsync($"/practice/{ended.Id()}/scorecard");
    }

    private async Task<IHtmlDocument> PageAsync(string path) => await new HtmlParser().ParseDocumentAsync(await _service.Http.GetStringAsync(path));
}
