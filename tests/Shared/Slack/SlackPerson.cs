namespace BotPlatform.Tests.Shared.Slack;

/// <summary>A member of a workspace, and what they have before them.</summary>
public sealed partial class SlackPerson
{
    internal SlackPerson(SlackTeam team, string id) => (Team, Id) = (team, id);

    public string Id { get; }

    public SlackTeam Team { get; }

    /// <summary>As users.info tells it.</summary>
    public string TimeZone { get; set; } = "Europe/Berlin";

    /// <summary>The conversation with the bot.</summary>
    public SlackChannel Dm => Team.World.Locked(() => Team.DmOf(this));

    /// <summary>Modals from the first opened to the one on top.</summary>
    public IReadOnlyList<SlackView> Modals => Team.World.Locked<IReadOnlyList<SlackView>>(() =>
        [.. OpenModals.Select(view => view.Now)]);

    /// <summary>The home tab, once the bot published one.</summary>
    public SlackView? Home => Team.World.Locked(() => HomeView?.Now);

    /// <summary>What only this person saw: from chat.postEphemeral, commands and response_url.</summary>
    public IReadOnlyList<SlackPost> Ephemerals => Team.World.Locked<IReadOnlyList<SlackPost>>(() => [.. SeenAlone]);

    /// <summary>What the bot posted in the conversation with this person, or in one thread of it.</summary>
    public IReadOnlyList<SlackPost> Posts(string? thread = null) =>
        [.. Dm.Posts.Where(post => thread is null || post.ThreadTs == thread || post.Ts == thread)];

    internal List<OpenedView> OpenModals { get; } = [];

    internal OpenedView? HomeView { get; set; }

    internal List<SlackPost> SeenAlone { get; } = [];
}
