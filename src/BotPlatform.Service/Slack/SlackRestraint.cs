using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Slack;

/// <summary>What one person may ask of a node at once, with commands and clicks: more than anybody needs.</summary>
public sealed class SlackRestraint(TimeProvider time)
{
    public const string SlowDown = "That is faster than I can follow, and nothing was changed. Please wait a few seconds and try again.";

    private readonly Lock _gate = new();
    private readonly Pace _asked = new(new PaceLimit(1, 20));

    /// <summary>Counts one more; false when that is too many.</summary>
    internal bool Allows(SlackActor actor)
    {
        var (key, now) = ($"{actor.Team}:{actor.User}", time.GetUtcNow());
        lock (_gate)
        {
            if (_asked.Wait(key, now) > TimeSpan.Zero)
                return false;
            _asked.Take(key, now);
            return true;
        }
    }
}
