using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Practice;

/// <param name="IsOver">It was good once, and is no more.</param>
public sealed record SharedLink(SessionKey Key, bool IsOver);

/// <summary>Links to a scorecard that open without signing in, to whoever has them, and not for ever.</summary>
/// <param name="publicUrl">Where people reach our pages; null where nowhere, and there are no links.</param>
public sealed class SharedLinks(Access access, Uri? publicUrl, TimeProvider time)
{
    private const int MarkBytes = 24;
    private const int ClearBytes = 36;
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    public Uri? Scorecard(SessionKey key) => publicUrl is null ? null : new Uri(publicUrl, "shared/" + Write(key));

    public Uri? Export(SessionKey key) => publicUrl is null ? null : new Uri(publicUrl, $"shared/{Write(key)}/export");

    /// <summary>The page on which one practises without Slack; null where it is for this machine only.</summary>
    public Uri? Practice => publicUrl is null || access.IsLocal ? null : new Uri(publicUrl, "practice");

    /// <summary>Whose link it is; null when it was not made here, or was changed.</summary>
    public SharedLink? Read(string link)
    {
        if (link.Length != Base64Url.GetEncodedLength(ClearBytes + MarkBytes))
            return null;
        var bytes = new byte[ClearBytes + MarkBytes];
        if (Base64Url.DecodeFromChars(link, bytes, out _, out var length) != OperationStatus.Done || length != bytes.Length)
            return null;
        var clear = bytes.AsSpan(0, ClearBytes);
        return CryptographicOperations.FixedTimeEquals(Mark(clear), bytes.AsSpan(ClearBytes))
            ? new SharedLink(
                new SessionKey(new Guid(clear[..16], bigEndian: true), new Guid(clear[16..32], bigEndian: true)),
                BinaryPrimitives.ReadUInt32BigEndian(clear[32..]) < time.GetUtcNow().ToUnixTimeSeconds())
            : null;
    }

    private string Write(SessionKey key)
    {
        var bytes = new byte[ClearBytes + MarkBytes];
        key.Workspace.TryWriteBytes(bytes, bigEndian: true, out _);
        key.Session.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(32), (uint)(time.GetUtcNow() + Lasts).ToUnixTimeSeconds());
        Mark(bytes.AsSpan(0, ClearBytes)).CopyTo(bytes, ClearBytes);
        return Base64Url.EncodeToString(bytes);
    }

    private byte[] Mark(ReadOnlySpan<byte> clear)
    {
        Span<byte> named = stackalloc byte[ClearBytes + 6];
        "shared"u8.CopyTo(named);
        clear.CopyTo(named[6..]);
        return HMACSHA256.HashData(access.Secret, named)[..MarkBytes];
    }
}
