using BotPlatform.Adapters.Tests.Content;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Service.Tests;

/// <summary>
/// The smallest healthy content, so that these tests stand whatever the real problems say: <c>feed</c>, and
/// <c>rude</c>, which has a notice and can be swapped for the former.
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
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
