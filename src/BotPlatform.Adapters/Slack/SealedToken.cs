using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Adapters.Slack;

/// <summary>
/// Tokens at rest: AES-256-GCM with a key from the configuration, bound to the team they belong to. The first bytes name the
/// key, so that keys can be changed: what an older key has sealed is opened with it, and sealed again with the newest.
/// </summary>
public sealed class SealedToken
{
    private const int KeyBytes = 32;
    private const int NameBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly IReadOnlyList<byte[]> _keys;

    /// <param name="keys">Newest first, at least one.</param>
    public SealedToken(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0 || keys.Any(k => k.Length != KeyBytes))
            throw new ArgumentException($"at least one key of {KeyBytes} bytes is needed", nameof(keys));
        _keys = keys;
    }

    public byte[] Seal(string token, string team)
    {
        var clear = Encoding.UTF8.GetBytes(token);
        var sealedBytes = new byte[NameBytes + NonceBytes + TagBytes + clear.Length];
        Name(_keys[0]).CopyTo(sealedBytes, 0);
        var nonce = sealedBytes.AsSpan(NameBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[0], TagBytes);
        aes.Encrypt(
            nonce, clear, sealedBytes.AsSpan(NameBytes + NonceBytes + TagBytes), sealedBytes.AsSpan(NameBytes + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(team));
        return sealedBytes;
    }

    /// <summary>The token; null when none of the keys has sealed it, or it is another team's, or it was changed.</summary>
    public string? Open(byte[] sealedBytes, string team)
    {
        if (sealedBytes.Length < NameBytes + NonceBytes + TagBytes)
            return null;
        var body = sealedBytes.AsSpan(NameBytes + NonceBytes + TagBytes);
        foreach (var key in _keys)
        {
            if (!sealedBytes.AsSpan(0, NameBytes).SequenceEqual(Name(key)))
                continue;
            var clear = new byte[body.Length];
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(
                    sealedBytes.AsSpan(NameBytes, NonceBytes), body, sealedBytes.AsSpan(NameBytes + NonceBytes, TagBytes), clear, Encoding.UTF8.GetBytes(team));
                return Encoding.UTF8.GetString(clear);
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether the newest key has sealed it.</summary>
    public bool IsNewest(ReadOnlySpan<byte> sealedBytes) => sealedBytes.Length > NameBytes && sealedBytes[..NameBytes].SequenceEqual(Name(_keys[0]));

    private static byte[] Name(byte[] key) => SHA256.HashData(key)[..NameBytes];
}
