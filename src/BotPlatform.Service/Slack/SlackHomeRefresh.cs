using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Slack;

/// <summary>Has a home tab drawn anew after something was done; whoever did it does not wait for that.</summary>
public sealed class SlackHomeRefresh(SlackPosts posts, OutboxBell bell, TimeProvider time, ILogger<SlackHomeRefresh> log)
{
    internal void RefreshLater(SlackOwner owner) => _ = RefreshAsync(owner);

    private async Task RefreshAsync(SlackOwner owner)
    {
        try
        {
            await posts.AddAsync(owner.Workspace, NewSlackPost.HomeOf(owner.Workspace, owner.User), time.GetUtcNow(), CancellationToken.None);
            bell.Ring();
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            // It is drawn again when it is opened.
            log.LogWarning("A home tab could not be drawn again ({Error})", e.GetType().Name);
        }
    }
}
