using System.Security.Cryptography;

namespace BotPlatform.Service.Hosting;

/// <summary>Ids that are not derived: UUID version 7, by the injected clock.</summary>
public static class Ids
{
    /// <summary>0 to 1, so that many nodes do not try again in the same moment.</summary>
    public static double Jitter() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);

    public static Func<Guid> From(TimeProvider time) => () => Guid.CreateVersion7(time.GetUtcNow());
}
