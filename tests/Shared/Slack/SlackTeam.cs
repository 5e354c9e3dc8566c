namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A workspace that installed the app.</summary>
public sealed partial class SlackTeam
{
    private static readonly string[] UsualScopes =
        ["app_mentions:read", "channels:history", "chat:write", "commands", "im:history", "im:write", "users:read"];

    private readonly Dictionary<string, SlackPerson> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackChannel> _channels = new(StringComparer.Ordinal);

    internal SlackTeam(SlackServer server, string id, IReadOnlyList<string> scopes)
    {
        (Server, Id) = (server, id);
        Scopes = scopes.Count == 0 ? UsualScopes : scopes;
        BotUser = $"U0BOT{id[1..]}";
        BotId = $"B0BOT{id[1..]}";
        BotToken = $"xoxb-{id}-{server.World.Number()}-abcdef";
        World.Tokens[BotToken] = new Token(BotToken, this, Scopes);
    }

    public string Id { get; }

    public string Domain => Id.ToLowerInvariant();

    public IReadOnlyList<string> Scopes { get; internal set; }

    /// <summary>The newest token of the bot.</summary>
    public string BotToken { get; internal set; }

    /// <summary>The bot as a user, whom people mention.</summary>
    public string BotUser { get; }

    /// <summary>The bot as the author of messages.</summary>
    public string BotId { get; }

    public string AppId => Server.World.Options.AppId;

    /// <summary>Until it is taken away, and again once somebody installs it anew.</summary>
    public bool IsInstalled { get; internal set; } = true;

    internal SlackServer Server { get; }

    internal World World => Server.World;

    public SlackPerson AddUser(string id) => World.Locked(() => _people[id] = new SlackPerson(this, id));

    /// <param name="botIsMember">Whether the bot was invited.</param>
    public SlackChannel AddChannel(string id, bool botIsMember = true) =>
        World.Locked(() => _channels[id] = new SlackChannel(this, id, null) { BotIsMember = botIsMember });

    public SlackPerson Person(string id) => World.Locked(() => _people[id]);

    internal SlackPerson? FindPerson(string id) => _people.GetValueOrDefault(id);

    internal SlackChannel? FindChannel(string id) => _channels.GetValueOrDefault(id);

    /// <summary>The conversation of the bot with that person, which is there from the first time that someone needs it.</summary>
    internal SlackChannel DmOf(SlackPerson person)
    {
        var found = _channels.Values.FirstOrDefault(channel => channel.With == person);
        if (found is not null) return found;
        var id = $"D0{person.Id[1..]}";
        return _channels[id] = new SlackChannel(this, id, person);
    }
}
