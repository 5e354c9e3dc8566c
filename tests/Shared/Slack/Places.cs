namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Where the bot may read and write.</summary>
internal static class Places
{
    /// <param name="id">Of a channel, or of a person for the conversation with them.</param>
    public static SlackChannel Channel(Caller caller, string id)
    {
        if (caller.Team.FindPerson(id) is { } person) return caller.Team.DmOf(person);
        var channel = caller.Team.FindChannel(id) ?? throw new SlackErrorException("channel_not_found", $"no channel {id}");
        return channel.BotIsMember
            ? channel
            : throw new SlackErrorException("not_in_channel", $"the bot was not invited to {id}");
    }
}
