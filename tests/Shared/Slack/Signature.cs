using System.Security.Cryptography;
using System.Text;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>How Slack signs a body: HMAC-SHA256 over version, time and body, joined by colons.</summary>
public static class Signature
{
    public static string Of(string secret, string timestamp, string body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));
}
