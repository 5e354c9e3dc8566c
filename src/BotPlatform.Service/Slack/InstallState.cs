using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Service.Slack;

/// <summary>
/// What goes to Slack and comes back with whoever installs the app, and stands in a cookie of their browser too: so nobody
/// is led to an installation that somebody else began.
/// </summary>
internal static class InstallState
{
    public const string Cookie = "botplatform_slack_install";
    public const int NonceBytes = 16;
    private const int TimeBytes = 8;
    private const int MarkBytes = 24;
    private static readonly int EncodedLength = Base64Url.GetEncodedLength(NonceBytes + TimeBytes + MarkBytes);

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <param name="nonce">Random.</param>
    public static string Make(byte[] secret, ReadOnlySpan<byte> nonce, DateTimeOffset now)
    {
        var bytes = new byte[NonceBytes + TimeBytes + MarkBytes];
        nonce[..NonceBytes].CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(NonceBytes), (now + Lasts).ToUnixTimeSeconds());
        Mark(secret, bytes.AsSpan(0, NonceBytes + TimeBytes)).CopyTo(bytes, NonceBytes + TimeBytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether it is the one in the cookie, made here, and not over.</summary>
    public static bool Holds(byte[] secret, string? state, string? cookie, DateTimeOffset now)
    {
        if (state?.Length != EncodedLength || cookie?.Length != EncodedLength || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(cookie)))
            return false;
        var bytes = new byte[NonceBytes + TimeBytes + MarkBytes];
        if (Base64Url.DecodeFromChars(state, bytes, out _, out var length) != OperationStatus.Done || length != bytes.Length)
            return false;
        var clear = bytes.AsSpan(0, NonceBytes + TimeBytes);
        return CryptographicOperations.FixedTimeEquals(Mark(secret, clear), bytes.AsSpan(clear.Length))
            && BinaryPrimitives.ReadInt64BigEndian(clear[NonceBytes..]) >= now.ToUnixTimeSeconds();
    }

    private static byte[] Mark(byte[] secret, ReadOnlySpan<byte> clear) => HMACSHA256.HashData(secret, (byte[])[.. "slack-install"u8, .. clear])[..MarkBytes];
}
