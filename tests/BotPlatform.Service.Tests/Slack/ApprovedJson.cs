using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotPlatform.Tests.Shared;
using Shouldly;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>
/// Compares JSON with the approved file of its name. What differs is written beside it as <c>.received.json</c>: read it,
/// and if it is what is wanted, it takes the approved file's place.
/// </summary>
internal static class ApprovedJson
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Match(string name, JsonNode received)
    {
        var approved = Path.Combine(Folder(), name + ".json");
        var beside = Path.Combine(Folder(), name + ".received.json");
        var text = received.ToJsonString(Readable) + "\n";
        var wanted = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (text != wanted)
            File.WriteAllText(beside, text);
        else
            File.Delete(beside);
        text.ShouldBe(wanted, $"compare Approved/{name}.json with Approved/{name}.received.json");
    }

    private static string Folder() => Path.Combine(Repository.Root, "tests", "BotPlatform.Service.Tests", "Slack", "Approved");
}
