using BotPlatform.Adapters;
using BotPlatform.Adapters.Content;

namespace BotPlatform.Service.Hosting;

/// <summary>The content to work with; what is broken is left out, loudly.</summary>
public static class LoadedContent
{
    public static Outcome<ContentLoad> From(string folder)
    {
        var content = ContentFolder.Load(folder);
        foreach (var error in content.Errors)
            Console.Error.WriteLine($"LEFT OUT: {error}");
        return content.Problems.IsEmpty || content.Rubrics.IsEmpty
            ? new Refusal($"{folder}: expected at least one healthy file in prompts/problems and in rubrics; content lint says more")
            : content;
    }
}
