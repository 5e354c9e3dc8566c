using System.Text.Json.Nodes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Something to be done in Slack, at the head of its lane.</summary>
/// <param name="SessionId">Null where it belongs to no interview.</param>
/// <param name="Body">What to do; text of candidates is referred to, never repeated.</param>
/// <param name="WasTried">An attempt was begun whose fate is not known.</param>
/// <param name="Fence">Raised with each attempt; who holds an older one is too late.</param>
public sealed record SlackPost(
    Guid WorkspaceId, Guid EffectId, Guid? SessionId, string Kind, string Body, string Lane, bool WasTried, long Fence, int Attempts, DateTime CreatedAt)
{
    public const string Root = "slack_root";
    public const string Turn = "slack_turn";
    public const string Scorecard = "slack_scorecard";
    public const string Say = "slack_say";
    public const string Home = "slack_home";
    public const string Status = "slack_status";

    /// <summary>How often Slack has refused it.</summary>
    public int Refusals => (int?)Json()["refusals"] ?? 0;

    /// <summary>How often it has failed otherwise.</summary>
    public int Failures => (int?)Json()["failures"] ?? 0;

    public JsonObject Json() => (JsonObject)JsonNode.Parse(Body)!;
}

/// <summary>Something new to be done in Slack.</summary>
/// <param name="Id">Derived from what it is about, so that the same is never queued twice.</param>
/// <param name="Again">Queued once more where it was done already: a picture of what is, not news.</param>
public sealed record NewSlackPost(Guid Id, Guid? Session, string Kind, JsonObject Body, string Lane, bool Again = false)
{
    /// <summary>The lane of everything that is posted into an interview.</summary>
    public static string LaneOf(Guid session) => session.ToString("N");

    /// <summary>What a person sees on the bot's home tab.</summary>
    public static NewSlackPost HomeOf(Guid workspace, string user) => new(
        DerivedId.Of(workspace, 0, "home:" + user), null, SlackPost.Home, new JsonObject { ["user"] = user }, "home:" + user, Again: true);

    /// <summary>That the interviewer is at it.</summary>
    public static NewSlackPost StatusOf(Guid session) => new(
        DerivedId.Of(session, 0, "status"), session, SlackPost.Status, [], "status:" + LaneOf(session), Again: true);
}
