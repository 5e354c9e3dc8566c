using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>What one person may ask of a node at once, with commands and clicks: more than anybody needs.</summary>
public sealed class SlackRestraint(TimeProvider time)
{
    public const string SlowDown = "That is faster than I can follow, and nothing was changed. Please wait a few seconds and try again.";

    private readonly Lock _gate = new();
    private readonly Pace _asked = new(new PaceLimit(1, 20));

    // Whoever goes on all the same is told again after half a minute.
    private readonly Pace _told = new(new PaceLimit(1.0 / 30, 1));

    /// <summary>Counts one more; false when that is too many.</summary>
    internal bool Allows(SlackActor actor) => Takes(_asked, actor);

    /// <summary>Whether somebody who was refused is told so now, where every refusal would be too much to read.</summary>
    internal bool Tells(SlackActor actor) => Takes(_told, actor);

    private bool Takes(Pace pace, SlackActor actor)
    {
        var (key, now) = ($"{actor.Team}:{actor.User}", time.GetUtcNow());
        lock (_gate)
        {
            if (pace.Wait(key, now) > TimeSpan.Zero)
                return false;
            pace.Take(key, now);
            return true;
        }
    }
}
