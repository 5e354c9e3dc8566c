namespace BotPlatform.Service.Slack.Views;

/// <summary>A bare word that is for the app and not for the interviewer.</summary>
public enum SlackWord
{
    Start,
    Status,
    Results,
    DeleteMyData,
    Help,
}

/// <summary>
/// Words that mean something to the app, only as the whole message. All others are the interviewer's; where an interview
/// waits for consent, its words come first, for "start" agrees there.
/// </summary>
public static class SlackWords
{
    private const int Longest = 40;

    public static SlackWord? Parse(string text)
    {
        if (text.Length > Longest)
            return null;
        var word = string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('.', '!', '?', ' ', '"', '\'', '`', '*', '_');
        return word switch
        {
            "start" or "new" or "interview" or "start interview" or "start an interview" or "new interview" => SlackWord.Start,
            "status" or "where am i" or "where are we" => SlackWord.Status,
            "results" or "result" or "my results" or "scorecard" or "my scorecard" => SlackWord.Results,
            "delete my data" or "delete all my data" or "erase my data" => SlackWord.DeleteMyData,
            "help" or "commands" => SlackWord.Help,
            _ => null,
        };
    }
}
