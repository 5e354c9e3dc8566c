using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Tests.Content;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Service.Tests;

/// <summary>
/// The smallest healthy content, so that these tests stand whatever the real problems say: <c>feed</c>, and
/// <c>rude</c>, which has a notice and can be swapped for the former. The prompts for models are the real ones.
/// </summary>
internal static class SmallContent
{
    public const string Problem = "feed";
    public const string WithNotice = "rude";

    private static readonly Lazy<string> Made = new(Make);

    public static string Folder => Made.Value;

    private static string Make()
    {
        var folder = TestFolder.Create();
        var problems = Directory.CreateDirectory(Path.Combine(folder, "prompts", "problems")).FullName;
        var rubric = Path.Combine(folder, ContentSamples.RubricPath);
        Directory.CreateDirectory(Path.GetDirectoryName(rubric)!);
        File.WriteAllText(rubric, ContentSamples.Rubric);
        const string Notice = "notice: {text: Some posts are rude., swap_for: ads}\n";
        File.WriteAllText(Path.Combine(problems, "feed.yaml"), ContentSamples.Problem.With(Notice, ""));
        File.WriteAllText(
            Path.Combine(problems, "rude.yaml"),
            ContentSamples.Problem.With("slug: feed", "slug: rude").With("swap_for: ads", "swap_for: feed"));
        foreach (var prompt in PromptFile.Kinds.SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Repository.Root, PromptFile.FolderOf(kind)))))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Root, prompt));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(prompt, copy);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
