namespace BotPlatform.Service.Hosting;

/// <summary>Ids that are not derived: UUID version 7, by the injected clock.</summary>
public static class Ids
{
    public static Func<Guid> From(TimeProvider time) => () => Guid.CreateVersion7(time.GetUtcNow());
}
