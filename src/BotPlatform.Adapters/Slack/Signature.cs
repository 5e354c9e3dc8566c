using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Adapters.Slack;

public enum SignatureVerdict
{
    Valid,

    /// <summary>A header is missing, or not of the form that Slack sends.</summary>
    Unsigned,

    /// <summary>Signed more than five minutes ago, or ahead.</summary>
    Stale,

    /// <summary>Signed with another secret, or changed since.</summary>
    Forged,
}

/// <summary>
/// Slack's signature of a request, version 0: HMAC-SHA256 over <c>v0:timestamp:body</c>
/// (docs.slack.dev, Verifying requests from Slack).
/// </summary>
public static class Signature
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    public const string SignatureHeader = "X-Slack-Signature";
    private const int HexDigits = 64;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>How far a request's clock may be off, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <param name="secrets">Those that are valid now; more than one while they are being changed.</param>
    /// <param name="body">As received, byte for byte.</param>
    public static SignatureVerdict Check(
        IReadOnlyCollection<string> secrets, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (timestamp is not { Length: > 0 and <= 12 } || timestamp.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return SignatureVerdict.Unsigned;
        if (signature is null || signature.Length != 3 + HexDigits || !signature.StartsWith("v0=", StringComparison.Ordinal) || signature.AsSpan(3).ContainsAnyExcept(LowerHex))
            return SignatureVerdict.Unsigned;
        var age = now.ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture);
        if (Math.Abs(age) > Window.TotalSeconds)
            return SignatureVerdict.Stale;
        var given = Encoding.ASCII.GetBytes(signature);
        var valid = false;
        foreach (var secret in secrets)
            valid |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, timestamp, body)), given);
        return valid ? SignatureVerdict.Valid : SignatureVerdict.Forged;
    }

    /// <summary>The signature that Slack would send.</summary>
    /// <exception cref="ArgumentException">The secret is empty: everybody could sign with it.</exception>
    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        // In one piece: a hash that is fed piece by piece costs several times as much to set up.
        var start = Encoding.ASCII.GetBytes($"v0:{timestamp}:");
        var signed = ArrayPool<byte>.Shared.Rent(start.Length + body.Length);
        start.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(start.Length));
        var mark = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed.AsSpan(0, start.Length + body.Length));
        ArrayPool<byte>.Shared.Return(signed, clearArray: true);
        return "v0=" + Convert.ToHexStringLower(mark);
    }
}
