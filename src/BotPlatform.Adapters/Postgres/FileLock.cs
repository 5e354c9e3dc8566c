namespace BotPlatform.Adapters.Postgres;

/// <summary>
/// A lock between processes (and between instances in one process) that the operating system lets go of by itself
/// when its holder dies, however it dies.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody else holds the lock. Dispose the result to let it go.</summary>
    public static async Task<IDisposable> ExclusiveAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held) return held;
            await Task.Delay(Retry, cancellation);
        }
    }

    /// <summary>The lock, or null when someone holds it, exclusively or shared.</summary>
    public static IDisposable? TryExclusive(string path) =>
        TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>A lock that others may share, but nobody may hold exclusively meanwhile.</summary>
    public static async Task<IDisposable> SharedAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) await File.AppendAllTextAsync(path, "", cancellation);
        while (true)
        {
            if (TryOpen(path, FileAccess.Read, FileShare.Read) is { } held) return held;
            await Task.Delay(Retry, cancellation);
        }
    }

    private static FileStream? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
            && File.Exists(path))
        {
            return null;
        }
    }
}
