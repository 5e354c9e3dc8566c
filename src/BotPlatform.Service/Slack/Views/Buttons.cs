namespace BotPlatform.Service.Slack.Views;

/// <summary>The action ids of what can be pressed.</summary>
public static class Buttons
{
    public const string Hint = "hint";
    public const string Skip = "skip";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Agree = "agree";
    public const string Swap = "swap";
    public const string Stop = "stop";
    public const string Results = "results";
    public const string Evidence = "evidence";
    public const string Start = "start";
    public const string DeleteSession = "delete_session";
    public const string DeleteAll = "delete_all";
    public const string Export = "export";

    /// <summary>A link; Slack tells of the press, and there is nothing to do.</summary>
    public const string OpenThread = "open_thread";

    /// <summary>A link to the same on the web.</summary>
    public const string OpenPage = "open_page";
}
