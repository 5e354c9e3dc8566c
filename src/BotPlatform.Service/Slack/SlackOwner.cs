using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack;

/// <summary>A person in Slack: theirs is what was begun by the same user in the same team, and nothing else.</summary>
internal readonly record struct SlackOwner(string Team, string User)
{
    public Guid Workspace => SlackTeam.WorkspaceOf(Team);

    public string Hash => Access.Hash($"slack:{Team}:{User}");

    public Caller AsCaller => new(Trusted: false, OwnerHash: Hash);

    public Starter AsStarter => new(Workspace, SlackThread.InSlack, Hash, User);
}
