using System.Text.Json;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>A request that the double accepted.</summary>
/// <param name="Protocol"><c>openai</c>, <c>azure</c> or <c>anthropic</c>.</param>
/// <param name="Model">The model asked for; with Azure, the deployment.</param>
/// <param name="System">All that stood in a system role, wherever it stood; parts are separated by an empty line.</param>
/// <param name="Messages">What users and the assistant said, in order.</param>
/// <param name="Schema">The schema that the reply has to follow, if one was given.</param>
/// <param name="Body">The body as sent.</param>
/// <param name="Number">Counts accepted requests from 1.</param>
/// <param name="Headers">By name, in any case.</param>
public sealed record ModelRequest(
    string Protocol,
    string Model,
    string System,
    IReadOnlyList<(string Role, string Text)> Messages,
    JsonElement? Schema,
    string Body,
    int Number,
    IReadOnlyDictionary<string, string> Headers);
