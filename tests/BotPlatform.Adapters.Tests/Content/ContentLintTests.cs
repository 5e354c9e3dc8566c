using BotPlatform.Adapters.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class ContentLintTests
{
    [Fact]
    public void Healthy_content_is_counted_and_passes()
    {
        using var root = ContentRoot.Healthy();

        Run(root.Path).ShouldBe((0, "2 problems, 1 rubric, 0 errors\n"));
    }

    [Fact]
    public void Each_error_has_a_line_of_its_own_and_the_lint_fails()
    {
        using var root = ContentRoot.Healthy()
            .Add("prompts/problems/ads.yaml", ContentSamples.Problem.With("slug: feed", "slug: ads").With("swap_for: ads", "swap_for: fed"));

        Run(root.Path).ShouldBe((1, """
            prompts/problems/ads.yaml:7: expected another problem, found "fed"; did you mean "feed"?
            1 problem, 1 rubric, 1 error

            """.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_bad_usage()
    {
        Run("no/such/folder").ShouldBe((2, "no/such/folder: expected a folder with prompts/ and rubrics/, found none\n"));
    }

    [Fact]
    public void The_files_of_this_repository_have_no_errors()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "BotPlatform.sln")))
            root = Path.GetDirectoryName(root).ShouldNotBeNull("no BotPlatform.sln above the tests");

        var errors = ContentFolder.Load(root).Errors.Where(e => e.File.EndsWith(".yaml", StringComparison.Ordinal));

        errors.Select(e => e.ToString()).ShouldBeEmpty();
    }

    private static (int Exit, string Output) Run(string root)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var exit = ContentLint.Run(root, output);
        return (exit, output.ToString());
    }
}
