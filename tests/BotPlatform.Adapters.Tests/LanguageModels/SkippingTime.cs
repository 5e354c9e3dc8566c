namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>Waits pass at once and are taken down; a timeout of <see cref="Unskipped"/> is a real one.</summary>
internal sealed class SkippingTime : TimeProvider
{
    public static readonly TimeSpan Unskipped = TimeSpan.FromSeconds(61);

    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _skipped;

    public IReadOnlyList<TimeSpan> Waits => Locked<IReadOnlyList<TimeSpan>>(() => [.. _waits]);

    public void Skip(TimeSpan time) => Locked(() => _skipped += time);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Locked(() => _skipped);

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Locked(() => _skipped).TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime == Unskipped)
            return base.CreateTimer(callback, state, dueTime, period);
        Locked(() =>
        {
            _waits.Add(dueTime);
            return _skipped += dueTime;
        });
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    private T Locked<T>(Func<T> what)
    {
        lock (_lock)
            return what();
    }
}
