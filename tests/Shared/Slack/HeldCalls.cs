namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Calls of a method that are carried out and whose answers are held back.</summary>
public sealed class HeldCalls
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>How many wait at this moment.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Release() => _released.TrySetResult();

    internal async Task WaitAsync(CancellationToken left)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _released.Task.WaitAsync(left);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
