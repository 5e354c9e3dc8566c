namespace BotPlatform.Adapters.Content;

/// <summary>The command <c>content lint</c>.</summary>
public static class ContentLint
{
    /// <summary>Writes one line for each error and a summary; 0 fine, 1 errors, 2 no such folder.</summary>
    public static int Run(string root, TextWriter @out)
    {
        if (!Directory.Exists(root))
        {
            @out.WriteLine($"{root}: expected a folder with prompts/ and rubrics/, found none");
            return 2;
        }

        var load = ContentFolder.Load(root);
        foreach (var error in load.Errors)
            @out.WriteLine(error);
        @out.WriteLine(
            $"{Count(load.Problems.Length, "problem")}, {Count(load.Rubrics.Length, "rubric")}, {Count(load.Errors.Length, "error")}");
        return load.Errors.IsEmpty ? 0 : 1;
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
