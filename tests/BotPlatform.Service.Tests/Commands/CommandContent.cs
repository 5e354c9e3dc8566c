using BotPlatform.Tests.Shared;

namespace BotPlatform.Service.Tests.Commands;

/// <summary>The repository's own content with one problem only, since reading all of them takes its time.</summary>
internal static class CommandContent
{
    public const string Problem = "news-feed";

    /// <summary>Stands in the second version of the grader's prompt and in no other.</summary>
    public const string OfSecondPrompt = "Read the transcript twice.";

    private static readonly Lazy<string> s_first = new(() => Make(second: false));
    private static readonly Lazy<string> s_second = new(() => Make(second: true));

    /// <summary>Rubric and prompts 1.0.0.</summary>
    public static string Folder => s_first.Value;

    /// <summary>The same, with rubric 1.1.0 and the grader's prompt 2.0.0 beside them.</summary>
    public static string WithSecondVersions => s_second.Value;

    private static string Make(bool second)
    {
        const string Rubric = "rubrics/ml-system-design/1.0.0.yaml", Prompt = "prompts/grader/1.0.0.md";
        var folder = TestFolder.Create();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var path in (string[])[Rubric, Prompt, "prompts/interviewer/1.0.0.md", $"prompts/problems/{Problem}.yaml"])
            Write(path, Of(path));
        if (second)
        {
            Write("rubrics/ml-system-design/1.1.0.yaml", Of(Rubric).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));
            Write("prompts/grader/2.0.0.md", Of(Prompt) + "\n" + OfSecondPrompt + "\n");
        }

        return folder;

        static string Of(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

        void Write(string path, string text)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
