namespace BotPlatform.Service;

/// <summary>Rings when something was queued on this node, for each of the two who look.</summary>
public sealed class OutboxBell
{
    /// <summary>For whoever performs effects.</summary>
    public Bell Effects { get; } = new();

    /// <summary>For whoever posts to chat platforms.</summary>
    public Bell Posts { get; } = new();

    public void Ring()
    {
        Effects.Ring();
        Posts.Ring();
    }
}
