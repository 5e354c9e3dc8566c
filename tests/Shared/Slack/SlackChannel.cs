using System.Text.Json;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A channel, or the conversation of the bot with one person.</summary>
public sealed class SlackChannel
{
    private readonly SlackTeam _team;
    private readonly SortedDictionary<string, SlackMessage> _messages = new(StringComparer.Ordinal);

    internal SlackChannel(SlackTeam team, string id, SlackPerson? with) => (_team, Id, With) = (team, id, with);

    public string Id { get; }

    public bool BotIsMember { get; set; } = true;

    /// <summary>What the bot posted and did not take back, in order.</summary>
    public IReadOnlyList<SlackPost> Posts => _team.World.Locked<IReadOnlyList<SlackPost>>(() =>
        [.. _messages.Values.Where(message => message.FromBot).Select(message => message.Post(Id))]);

    /// <summary>All that was said, by anyone, in order.</summary>
    public IReadOnlyList<SlackPost> Messages => _team.World.Locked<IReadOnlyList<SlackPost>>(() =>
        [.. _messages.Values.Select(message => message.Post(Id))]);

    /// <summary>What assistant.threads.setStatus says, by thread; posting there ends it.</summary>
    public IReadOnlyDictionary<string, string> Statuses => _team.World.Locked(() => Status.ToDictionary());

    /// <summary>The person of a direct message; null for a channel.</summary>
    internal SlackPerson? With { get; }

    internal Dictionary<string, string> Status { get; } = new(StringComparer.Ordinal);

    /// <summary>In a channel everybody of the workspace is a member.</summary>
    internal bool HasMember(SlackPerson person) => With is null || With == person;

    internal SlackMessage? Find(string ts) => _messages.GetValueOrDefault(ts);

    internal SlackMessage Add(SlackMessage message) => _messages[message.Ts] = message;

    /// <summary>Takes a message away; of a thread's first one a gravestone stays, and the thread with it.</summary>
    internal void Remove(SlackMessage message)
    {
        if (Thread(message.Ts).Count > 1) message.BecomeTombstone();
        else _messages.Remove(message.Ts);
    }

    internal IReadOnlyList<SlackMessage> TopLevel =>
        [.. _messages.Values.Where(message => message.ThreadTs is null || message.ThreadTs == message.Ts)];

    internal IReadOnlyList<SlackMessage> Thread(string ts) =>
        [.. _messages.Values.Where(message => message.Ts == ts || message.ThreadTs == ts)];
}

/// <summary>What the bot posted.</summary>
/// <param name="ThreadTs">The message that it answers, or null.</param>
/// <param name="Blocks">An array, empty where there are none.</param>
public sealed record SlackPost(
    string Ts, string? ThreadTs, string Text, JsonElement Blocks, JsonElement? Metadata, string User, string Channel)
{
    /// <summary>What can be pressed or chosen, by action_id.</summary>
    public IReadOnlyList<string> ActionIds => [.. Surface.Actions(Blocks).Select(action => action.ActionId)];

    /// <summary>All that a reader sees of the blocks, a line for each text; the text itself where there are none.</summary>
    public string Shown => Blocks.GetArrayLength() == 0 ? Text : Surface.Shown(Blocks);
}
