using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>A request as it arrives, signed in some way.</summary>
/// <param name="Kind">What is special about it.</param>
internal sealed record SignedRequest(string Kind, string? Timestamp, string? Signature, byte[] Body, string ContentType = "application/json")
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const long Now = 1_764_500_000;
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Every kind there is, made of the same text.</summary>
    public static IEnumerable<SignedRequest> All(Random chance)
    {
        var text = Text(chance);
        var body = Encoding.UTF8.GetBytes(text);
        var at = Now - chance.Next(0, 300);
        var good = Signed("valid", at, body);
        yield return good;
        yield return Signed("valid form", at, Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(text))) with { ContentType = Form };
        yield return Signed("empty body", at, []);
        yield return Signed("oldest", Now - 300, body);
        yield return Signed("a little ahead", Now + chance.Next(1, 300), body);
        yield return Signed("stale", Now - chance.Next(301, 1_000_000), body);
        yield return good with { Kind = "body altered by a byte", Body = Altered(body, chance) };
        yield return good with { Kind = "body cut", Body = body[..^1] };
        yield return good with { Kind = "signature altered by a digit", Signature = Altered(good.Signature!, chance) };
        yield return good with { Kind = "signature cut", Signature = good.Signature![..^chance.Next(1, 64)] };
        yield return good with { Kind = "signature in upper case", Signature = "v0=" + good.Signature![3..].ToUpperInvariant() };
        yield return good with { Kind = "signature of another version", Signature = chance.Next(3) switch { 0 => "v1", 1 => "V0", _ => "" } + good.Signature![2..] };
        yield return good with { Kind = "bare signature", Signature = good.Signature![3..] };
        yield return good with { Kind = "no signature", Signature = null };
        yield return good with { Kind = "empty signature", Signature = "" };
        yield return good with { Kind = "no timestamp", Timestamp = null };
        yield return good with { Kind = "another timestamp", Timestamp = Text(at - 1) };
        yield return good with { Kind = "another secret", Signature = Sign(Secret + "x", Text(at), body) };
        foreach (var wrong in new[] { "", "x", "NaN", "-1", "1e99", "yesterday", "１７６４５０００００" })
            yield return Signed("malformed timestamp", wrong, body);
        yield return Signed("no end of time", "Infinity", body);
        yield return Signed("far ahead", Now + chance.Next(301, 1_000_000), body);
        foreach (var other in new[] { $"+{at}", $"{at}.0", $" {at}", $"0x{at:x}", $"0{at}" })
            yield return good with { Kind = "timestamp in another spelling", Timestamp = other };
        yield return Signed("leading zero, signed as sent", "0" + Text(at), body);
        yield return good with { Kind = "more behind the signature", Signature = good.Signature + "=more" };
        yield return Signed("no UTF-8", at, [.. body, 0xff]);
        yield return good with { Kind = "check of the certificate", Signature = null, Body = "ssl_check=1&token=x"u8.ToArray(), ContentType = Form };
    }

    /// <summary>As bolt's script reads it.</summary>
    public string Json()
    {
        var headers = new JsonObject();
        if (Timestamp is not null)
            headers["x-slack-request-timestamp"] = Timestamp;
        if (Signature is not null)
            headers["x-slack-signature"] = Signature;
        return new JsonObject { ["now"] = Now, ["headers"] = headers, ["contentType"] = ContentType, ["body"] = Convert.ToBase64String(Body) }.ToJsonString();
    }

    private static SignedRequest Signed(string kind, long at, byte[] body) => Signed(kind, Text(at), body);

    private static SignedRequest Signed(string kind, string at, byte[] body) => new(kind, at, Sign(Secret, at, body), body);

    private static string Sign(string secret, string at, byte[] body) => Adapters.Slack.Signature.Of(secret, at, body);

    private static string Text(long at) => at.ToString(CultureInfo.InvariantCulture);

    private static string Text(Random chance)
    {
        var text = new StringBuilder("{\"type\":\"event_callback\",\"text\":\"");
        for (var i = chance.Next(1, 200); i > 0; i--)
            text.Append(chance.Next(10) switch { 0 => "ä", 1 => "😀", 2 => "&amp;", 3 => " ", _ => ((char)chance.Next('a', 'z' + 1)).ToString() });
        return text.Append("\"}").ToString();
    }

    private static byte[] Altered(byte[] body, Random chance)
    {
        var altered = (byte[])body.Clone();
        // Within the ASCII that every text begins with: elsewhere another byte may be no UTF-8.
        altered[chance.Next(1, 30)] ^= 1;
        return altered;
    }

    private static string Altered(string signature, Random chance)
    {
        var digits = signature.ToCharArray();
        var at = chance.Next(3, digits.Length);
        digits[at] = digits[at] == '0' ? '1' : '0';
        return new string(digits);
    }
}
