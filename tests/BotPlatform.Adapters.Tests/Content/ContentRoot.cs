namespace BotPlatform.Adapters.Tests.Content;

/// <summary>A content folder for one test, gone afterwards.</summary>
internal sealed class ContentRoot : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("content-").FullName;

    public ContentRoot Add(string path, string text) => Add(path, System.Text.Encoding.UTF8.GetBytes(text));

    public ContentRoot Add(string path, byte[] bytes)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    /// <summary>A rubric and the problems <c>feed</c> and <c>ads</c>, all healthy.</summary>
    public static ContentRoot Healthy() => new ContentRoot()
        .Add(ContentSamples.RubricPath, ContentSamples.Rubric)
        .Add(ContentSamples.ProblemPath, ContentSamples.Problem)
        .Add("prompts/problems/ads.yaml", ContentSamples.Problem.With("slug: feed", "slug: ads").With("swap_for: ads", "swap_for: feed"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
