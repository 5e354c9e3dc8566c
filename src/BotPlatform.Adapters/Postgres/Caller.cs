namespace BotPlatform.Adapters.Postgres;

/// <summary>Who asks: someone on this machine, or the holder of a session's token or of the browser it was begun in.</summary>
public sealed record Caller(bool Trusted, string? TokenHash = null, string? OwnerHash = null)
{
    /// <summary>The service itself, and everyone where it is bound to loopback only.</summary>
    public static readonly Caller Local = new(Trusted: true);

    public bool MayUse(SessionRow session) =>
        Trusted || session.TokenHash == TokenHash || session.OwnerHash == OwnerHash;
}
