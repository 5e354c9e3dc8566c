using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Commands;

/// <summary>What <c>rescore</c> refuses before it looks for a database.</summary>
public sealed class RescoreRefusalsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "rescore: expected at least one of --rubric, --prompt and --model")]
    [InlineData("--rubric 7", "--rubric: expected 1.0.0 or 1.1.0, found '7'")]
    [InlineData("--prompt 7", "--prompt: expected 1.0.0 or 2.0.0, found '7'")]
    [InlineData("--model other", "--model: expected first, found 'other'")]
    [InlineData("--model first --since yesterday", "--since: expected a day such as 2026-01-31, found 'yesterday'")]
    public async Task What_is_not_there_is_refused(string options, string line)
    {
        var models = _folder.Models(CommandFolder.Model(new Uri("http://127.0.0.1:1/v1")));

        var ran = await CommandLine.RunAsync(["rescore", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--content", CommandContent.WithSecondVersions, "--models", models]);

        ran.ExitCode.ShouldBe(2);
        ran.OnlyLine.ShouldBe(line);
    }
}
