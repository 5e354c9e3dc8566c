using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.RuleChecks;

public sealed class MisfitsTests
{
    [Theory]
    [InlineData(Step.Evaluation, "I would report accuracy on the test recordings.", "unfit.accuracy")]
    [InlineData(Step.Framing, "This is regression from sound to bird.", "unfit.regression")]
    public void What_does_not_fit_is_charged_where_it_is_chosen(Step step, string text, string flag) =>
        Answers.Read(step, text).Ids(FindingKind.RedFlag).ShouldBe([flag]);

    [Theory]
    [InlineData(Step.Evaluation, "No accuracy here, most of it is silence.")]
    [InlineData(Step.Evaluation, "Rather recall than accuracy.")]
    [InlineData(Step.Evaluation, "Recall for each species. And accuracy for the record.")]
    [InlineData(Step.Evaluation, "Would accuracy tell us anything?")]
    [InlineData(Step.Serving, "We log the accuracy of each phone.")]
    public void It_is_not_charged_where_it_is_ruled_out_weighed_asked_about_or_beside_what_fits(Step step, string text) =>
        Answers.Read(step, text).Ids(FindingKind.RedFlag).ShouldBeEmpty();

    [Fact]
    public void Naming_what_fits_takes_it_back()
    {
        var last = Answers.Read(Step.Evaluation, "I would report accuracy.", "Then recall for each species.");

        last.Ids(FindingKind.RedFlag).ShouldBeEmpty();
        last.Ids(FindingKind.Correction).ShouldBe(["unfit.accuracy"]);
    }
}
