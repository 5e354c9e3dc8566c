namespace BotPlatform.Tests.Shared.Slack;

public sealed partial class SlackTeam
{
    /// <summary>Takes the app away: its tokens open nothing more, and it is told of both.</summary>
    public async Task UninstallAsync()
    {
        var (revoked, uninstalled) = World.Locked(() =>
        {
            Revoke();
            IsInstalled = false;
            return (Events.TokensRevoked(this), Events.Uninstalled(this));
        });
        await Task.WhenAll(Server.TellAsync(this, revoked), Server.TellAsync(this, uninstalled));
    }

    public Task RevokeTokensAsync() => Server.TellAsync(this, World.Locked(() =>
    {
        Revoke();
        return Events.TokensRevoked(this);
    }));

    private void Revoke()
    {
        foreach (var token in World.Tokens.Values.Where(token => token.Team == this)) token.Revoked = true;
    }
}
