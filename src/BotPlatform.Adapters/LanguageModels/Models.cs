using System.Collections.Immutable;

namespace BotPlatform.Adapters.LanguageModels;

/// <summary>Where replies are kept, or taken from instead of asking.</summary>
public sealed record RecordingFolder(string Path, bool Replay);

/// <summary>The configured models, connected.</summary>
public sealed class Models : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="random">For the jitter of retries, 0 to 1.</param>
    public Models(ModelSettings settings, TimeProvider time, Func<double> random, RecordingFolder? recordings = null)
    {
        Settings = settings;
        _http = ModelHttp.Client(time);
        All = [.. settings.Models.Select(m => new ModelConnection(m, Connect(m, recordings), time, random))];
    }

    public ModelSettings Settings { get; }

    public ImmutableArray<ModelConnection> All { get; }

    public ImmutableArray<ModelConnection> Graders => [.. All.Where(m => m.Entry.Roles.Contains(ModelRole.Grader))];

    public ModelConnection? Interviewer => All.FirstOrDefault(m => m.Entry.Roles.Contains(ModelRole.Interviewer));

    public void Dispose()
    {
        foreach (var model in All)
            model.Dispose();
        _http.Dispose();
    }

    private Microsoft.Extensions.AI.IChatClient Connect(ModelEntry entry, RecordingFolder? recordings)
    {
        if (recordings is { Replay: true })
            return new Recordings.Player(entry, recordings.Path);
        Microsoft.Extensions.AI.IChatClient chat = entry.Provider == ModelProvider.Anthropic ? AnthropicChat.Connect(entry, _http) : OpenAiChat.Connect(entry, _http);
        return recordings is null ? chat : new Recordings.Recorder(chat, entry, recordings.Path);
    }
}
