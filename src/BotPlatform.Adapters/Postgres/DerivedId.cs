using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Ids that follow from what they belong to, so that writing the same thing again gives the same id.</summary>
public static class DerivedId
{
    /// <summary>UUID version 8 from a session, an event number and what it is for.</summary>
    public static Guid Of(Guid session, int eventNumber, string purpose)
    {
        var seed = new byte[20 + Encoding.UTF8.GetByteCount(purpose)];
        session.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed.AsSpan(16), eventNumber);
        Encoding.UTF8.GetBytes(purpose, seed.AsSpan(20));
        var hash = SHA256.HashData(seed);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
