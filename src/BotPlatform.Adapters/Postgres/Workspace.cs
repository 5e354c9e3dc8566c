namespace BotPlatform.Adapters.Postgres;

/// <summary>Tenants; the key of every table of ours begins with one.</summary>
public static class Workspace
{
    /// <summary>The single workspace of a local installation, made by the first migration.</summary>
    public static readonly Guid Local = new("00000000-0000-0000-0000-000000000001");
}

/// <summary>A session and the workspace it belongs to.</summary>
public readonly record struct SessionKey(Guid Workspace, Guid Session);
