using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>What the bot says beside interviews. It is worded when it leaves, from what is then.</summary>
internal enum Saying
{
    Help,
    Status,
    Results,

    /// <summary>How to have one's data deleted.</summary>
    DeleteData,

    /// <summary>A button to start with.</summary>
    Start,

    /// <summary>The interview is in its thread, and what was written elsewhere is no part of it.</summary>
    Elsewhere,

    /// <summary>A command was taken.</summary>
    Taken,

    /// <summary>Messages came too fast and were not taken.</summary>
    SlowDown,

    /// <summary>Files were kept, and are not scored.</summary>
    Files,

    /// <summary>No interview runs in this thread.</summary>
    NoInterview,
}

/// <summary>Something to be said: where, and to whom.</summary>
/// <param name="Only">Shown to nobody else, where others read along.</param>
internal sealed record SayPost(Saying What, string Channel, string? Thread, string User, bool Only = false)
{
    /// <param name="about">What it follows from: said once for that.</param>
    /// <param name="session">Whose thread it is said in; null where there is none.</param>
    public NewSlackPost As(Guid workspace, Guid? session, string about)
    {
        var lane = session is { } s ? NewSlackPost.LaneOf(s) : $"say:{Channel}:{User}";
        return new NewSlackPost(DerivedId.Of(session ?? workspace, 0, $"say:{What}:{about}"), session, SlackPost.Say, Write(), lane);
    }

    /// <summary>Null when it is not one that this release has written.</summary>
    public static SayPost? Read(JsonObject body) =>
        Enum.TryParse<Saying>((string?)body["say"], out var what) && (string?)body["channel"] is { } channel && (string?)body["user"] is { } user
            ? new SayPost(what, channel, (string?)body["thread"], user, (bool?)body["only"] ?? false)
            : null;

    private JsonObject Write()
    {
        var body = new JsonObject { ["say"] = What.ToString(), ["channel"] = Channel, ["user"] = User };
        if (Thread is not null)
            body["thread"] = Thread;
        if (Only)
            body["only"] = true;
        return body;
    }
}
