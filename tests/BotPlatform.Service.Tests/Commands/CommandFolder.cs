using System.Text.Json;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;

namespace BotPlatform.Service.Tests.Commands;

/// <summary>A temporary folder with the files that commands are given.</summary>
internal sealed class CommandFolder : IDisposable
{
    /// <summary>What is sent to a server that needs no key.</summary>
    public const string NoKey = "none";

    public const string Answer = "We rank the posts by expected time well spent, because 60 million people a day see only the first few.";

    public string Path { get; } = TestFolder.Create();

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>A file with the double as the only model.</summary>
    public string Models(ModelServer server, params string[] roles) => Models(Model(server.OpenAiBase, roles: roles));

    public string Models(params object[] models) => Write("models-of-test.json", JsonSerializer.Serialize(new { models }));

    public static object Model(Uri address, string name = "first", double? inputPrice = 2, double? outputPrice = 8, double timeout = 20, string[]? roles = null) =>
        new Dictionary<string, object?>
        {
            ["name"] = name,
            ["provider"] = "openai",
            ["model"] = ModelServer.DefaultModel,
            ["base-url"] = address.ToString(),
            ["roles"] = roles ?? [],
            ["input-price"] = inputPrice,
            ["output-price"] = outputPrice,
            ["timeout"] = timeout,
        };

    /// <summary>A short interview on every step, of senior level unless told otherwise.</summary>
    public string Transcript(string name = "T1.json", string level = "senior", string answer = Answer)
    {
        var turns = Steps.All.SelectMany((step, i) => new object[]
        {
            new { n = (2 * i) + 1, speaker = "interviewer", step = step.Name(), text = $"What about {step.Name()}?" },
            new { n = (2 * i) + 2, speaker = "candidate", step = step.Name(), text = $"On {step.Name()}: {answer}" },
        });
        return Write(name, JsonSerializer.Serialize(new { id = System.IO.Path.GetFileNameWithoutExtension(name), problem = "news-feed", level, turns }));
    }
}
