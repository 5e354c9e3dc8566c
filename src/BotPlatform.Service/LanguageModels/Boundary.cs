using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BotPlatform.Service.LanguageModels;

/// <summary>The line around what is data in a prompt: a keyed hash of session and attempt, which no candidate can know.</summary>
public static class Boundary
{
    public static string Of(byte[] secret, Guid session, int attempt)
    {
        Span<byte> seed = stackalloc byte[28];
        "boundary"u8.CopyTo(seed);
        session.TryWriteBytes(seed[8..]);
        BinaryPrimitives.WriteInt32BigEndian(seed[24..], attempt);
        return "DATA-" + Convert.ToHexString(HMACSHA256.HashData(secret, seed)[..16]);
    }
}
