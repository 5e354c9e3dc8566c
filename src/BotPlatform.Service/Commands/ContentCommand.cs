using System.CommandLine;
using BotPlatform.Adapters.Content;

namespace BotPlatform.Service.Commands;

/// <summary><c>content lint</c>.</summary>
public static class ContentCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "Folder that holds prompts/ and rubrics/ (default: those this release ships with)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var lint = new Command("lint", "Check problems and rubrics; every error with file, line and what was expected") { folder };
        lint.SetAction(parsed => ContentLint.Run(CommonOptions.ContentFolderOf(parsed.GetValue(folder)), Console.Out));
        return new Command("content", "Problems and rubrics") { lint };
    }
}
