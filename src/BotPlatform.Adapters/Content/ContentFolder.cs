using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Adapters.Content;

/// <summary>What a content folder holds: all that is healthy, and every error of what is not.</summary>
/// <param name="Problems">In the order of their slugs.</param>
/// <param name="Rubrics">By id, older versions first.</param>
/// <param name="Texts">The text of each loaded file by its hash, to be stored with the sessions that pin it.</param>
public sealed record ContentLoad(
    ImmutableArray<Problem> Problems,
    ImmutableArray<Rubric> Rubrics,
    ImmutableArray<ContentError> Errors,
    ImmutableDictionary<string, string> Texts)
{
    /// <summary>By kind, older versions first.</summary>
    public ImmutableArray<PromptFile> Prompts { get; init; } = [];

    /// <summary>The newest prompt of a kind, or the one of a version; null when there is none.</summary>
    public PromptFile? Prompt(string kind, string? version = null) => Prompts.LastOrDefault(p => p.Kind == kind && (version is null || p.Version == version));
}

/// <summary>Loads <c>prompts/problems/</c> and <c>rubrics/</c> below a root folder.</summary>
public static class ContentFolder
{
    private const string ProblemFolder = "prompts/problems";
    private const string RubricFolder = "rubrics";

    public static ContentLoad Load(string root)
    {
        var errors = ImmutableArray.CreateBuilder<ContentError>();
        var texts = ImmutableDictionary.CreateBuilder<string, string>();

        var rubricPaths = Paths(root, RubricFolder, depth: 1, errors);
        var rubrics = Each(rubricPaths, RubricFile.Parse)
            .OrderBy(r => r.Id, StringComparer.Ordinal)
            .ThenBy(r => Version.Parse(r.Version))
            .ToImmutableArray();

        // Problems are written against the newest rubrics. While one is broken they cannot be held against it,
        // and a broken file must not take healthy ones with it.
        var problemPaths = Paths(root, ProblemFolder, depth: 0, errors);
        var around = rubrics.Length == rubricPaths.Length
            ? new ProblemSurroundings(
                [.. rubrics.GroupBy(r => r.Id).Select(versions => versions.Last())],
                [.. problemPaths.Select(p => Path.GetFileNameWithoutExtension(p))])
            : null;
        var problems = Each(problemPaths, (path, text) => ProblemFile.Parse(path, text, around)).ToImmutableArray();

        var prompts = PromptFile.Kinds
            .Where(kind => Directory.Exists(Path.Combine(root, PromptFile.FolderOf(kind))))
            .SelectMany(kind => Each(Paths(root, PromptFile.FolderOf(kind), depth: 0, errors, ".md"), PromptFile.Parse).OrderBy(p => Version.Parse(p.Version)))
            .ToImmutableArray();
        return new ContentLoad(problems, rubrics, errors.ToImmutable(), texts.ToImmutable()) { Prompts = prompts };

        List<T> Each<T>(ImmutableArray<string> paths, Func<string, string, Parsed<T>> parse)
            where T : class
        {
            var values = new List<T>();
            foreach (var path in paths)
            {
                var text = ReadFile(root, path);
                var parsed = text.Value is { } content ? parse(path, content) : new Parsed<T>(null, text.Errors);
                errors.AddRange(parsed.Errors);
                if (parsed.Value is { } value)
                {
                    values.Add(value);
                    texts[ContentText.Hash(text.Value!)] = text.Value!;
                }
            }

            return values;
        }
    }

    /// <summary>The files of a folder, relative to the root. Names that start with a dot are left out.</summary>
    private static ImmutableArray<string> Paths(
        string root, string folder, int depth, ImmutableArray<ContentError>.Builder errors, string ending = ".yaml")
    {
        var what = ending == ".yaml" ? "YAML" : ending[1..];
        var full = Path.Combine(root, folder);
        if (!Directory.Exists(full))
        {
            errors.Add(new ContentError(folder, 0, $"expected a folder with {what} files, found none"));
            return [];
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = depth,
            AttributesToSkip = FileAttributes.None,
        };
        var paths = Directory.EnumerateFiles(full, "*", options)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/.", StringComparison.Ordinal))
            .Where(path => Path.GetExtension(path) == ending || (ending == ".yaml" && Path.GetExtension(path) == ".yml"))
            .Order(StringComparer.Ordinal)
            .ToLookup(path => path.EndsWith(ending, StringComparison.Ordinal));
        foreach (var path in paths[false])
            errors.Add(new ContentError(path, 0, "expected the ending .yaml, found .yml"));
        // Prompts for models are needed only where models are, and asked for there.
        if (!paths[true].Any() && ending == ".yaml")
            errors.Add(new ContentError(folder, 0, $"expected at least one {what} file, found none"));
        return [.. paths[true]];
    }

    private static Parsed<string> ReadFile(string root, string path)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(root, path));
            var bytes = new byte[ContentText.SizeLimit + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return ContentText.Decode(path, bytes.AsSpan(0, length));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Parsed<string>(null, [new ContentError(path, 0, $"expected a readable file, found: {failure.Message}")]);
        }
    }
}
