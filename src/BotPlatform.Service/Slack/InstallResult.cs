using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>What came of an installation, as a page tells it to who tried.</summary>
/// <param name="Status">Of the page.</param>
/// <param name="Text">What happened and what to do, in a sentence or two.</param>
/// <param name="Action">Where to go on, and what the link says; null for nowhere.</param>
internal sealed record InstallResult(int Status, string Heading, string Text, (Uri Url, string Words)? Action)
{
    private const string NotInstalled = "The app was not installed";

    public static InstallResult Done(SlackGrant grant, string command) => new(
        StatusCodes.Status200OK,
        $"The app is installed in {grant.TeamName}",
        $"Open it in Slack and type {command} there, or anywhere else in the workspace, to begin an interview.",
        (new Uri($"https://slack.com/app_redirect?app={grant.AppId}&team={grant.TeamId}"), "Open it in Slack"));

    public static InstallResult Denied(Uri again) => Failed(
        StatusCodes.Status403Forbidden, "It was not allowed in Slack, so nothing was changed; start again whenever you want to.", again);

    public static InstallResult BadState(Uri again) => Failed(
        StatusCodes.Status400BadRequest, "This installation was begun in another browser, or more than ten minutes ago, or was finished before; start again.", again);

    public static InstallResult Incomplete(Uri again) => Failed(
        StatusCodes.Status400BadRequest, "Slack sent you back without saying that you allowed it; start again.", again);

    public static InstallResult Organisation(Uri again) => Failed(
        StatusCodes.Status400BadRequest, "It was allowed for a whole organisation, but works in single workspaces only; start again and choose one workspace.", again);

    public static InstallResult NotKept(Uri again) => Failed(
        StatusCodes.Status503ServiceUnavailable, "Our database is away for the moment; start again in a minute.", again);

    public static InstallResult Unclear(Uri again) => Failed(
        StatusCodes.Status502BadGateway, "Slack's answer was not understood; start again, and if it happens once more, tell whoever runs this service.", again);

    public static InstallResult Of(SlackReply reply, Uri again) => reply switch
    {
        SlackReply.Refused { Error: "invalid_code" or "code_already_used" or "code_expired" } =>
            Failed(StatusCodes.Status400BadRequest, "Slack's permission was used before or is too old; start again.", again),
        SlackReply.Refused refused when IsOurs(refused) => new InstallResult(
            StatusCodes.Status500InternalServerError, NotInstalled, "This service is not set up rightly for Slack; tell whoever runs it to look into its log.", null),
        SlackReply.Refused => Failed(StatusCodes.Status502BadGateway, "Slack refused it; start again, and if it happens once more, tell whoever runs this service.", again),
        _ => Failed(StatusCodes.Status503ServiceUnavailable, "Slack did not answer as it should; start again in a minute.", again),
    };

    /// <summary>Whether only who runs the service can put it right.</summary>
    public static bool IsOurs(SlackReply.Refused refused) =>
        refused.Error is "invalid_client_id" or "bad_client_secret" or "invalid_client" or "bad_redirect_uri" or "invalid_arguments" or "invalid_grant_type";

    private static InstallResult Failed(int status, string text, Uri again) => new(status, NotInstalled, text, (again, "Start again"));
}
