using System.Globalization;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack.Peers;

/// <summary>Our verdict on signatures beside that of bolt's receiver for HTTP, on the same requests.</summary>
public sealed class SignaturesBesideBoltTests
{
    private const int Least = 1000;

    /// <summary>Where we differ, on purpose: bolt's verdict, ours, and why.</summary>
    private static readonly Dictionary<string, (bool Bolt, bool Ours, string Why)> Differences = new(StringComparer.Ordinal)
    {
        ["far ahead"] = (true, false, "bolt has no limit ahead, so that what was signed for next year could be used until then"),
        ["no end of time"] = (true, false, "bolt takes what JavaScript calls a number, also this one, which is never stale"),
        ["timestamp in another spelling"] = (true, false, "bolt reads it as a number of JavaScript's; Slack sends digits and nothing else"),
        ["leading zero, signed as sent"] = (false, true, "bolt signs the number anew; we take what was sent, and only who has the secret can sign that"),
        ["more behind the signature"] = (true, false, "bolt looks at what stands between the first two equals signs"),
        ["no UTF-8"] = (false, true, "bolt signs the text, with replacements, and we the bytes; what is no UTF-8 is refused later"),
        ["check of the certificate"] = (true, false, "bolt answers ssl_check unsigned, as Slack once asked of commands; we let nothing in unsigned"),
    };

    [Fact]
    public async Task A_thousand_requests()
    {
        var chance = new Random(20_261_130);
        var requests = new List<SignedRequest>();
        while (requests.Count < Least)
            requests.AddRange(SignedRequest.All(chance));
        var bolt = await OfBoltAsync(requests);
        bolt.Count.ShouldBe(requests.Count);

        var wrong = requests.Zip(bolt)
            .Select(pair => (pair.First.Kind, Bolt: pair.Second, Ours: OfOurs(pair.First), pair.First.Timestamp))
            .Where(v => Differences.TryGetValue(v.Kind, out var known) ? (v.Bolt, v.Ours) != (known.Bolt, known.Ours) : v.Bolt != v.Ours)
            .Distinct();
        wrong.ShouldBeEmpty();
        requests.Where(r => OfOurs(r)).Select(r => r.Kind).Distinct()
            .ShouldBe(["valid", "valid form", "empty body", "oldest", "a little ahead", "leading zero, signed as sent", "no UTF-8"]);
    }

    private static bool OfOurs(SignedRequest request) =>
        Signature.Check([SignedRequest.Secret], request.Timestamp, request.Signature, request.Body, DateTimeOffset.FromUnixTimeSeconds(SignedRequest.Now)) == SignatureVerdict.Valid;

    private static async Task<IReadOnlyList<bool>> OfBoltAsync(IReadOnlyList<SignedRequest> requests)
    {
        using var process = Peer.Start("verify.mjs", SignedRequest.Secret);
        var verdicts = process.StandardOutput.ReadToEndAsync();
        foreach (var request in requests)
            await process.StandardInput.WriteLineAsync(request.Json());
        process.StandardInput.Close();
        return [.. (await verdicts).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(v => bool.Parse(v.Trim()))];
    }
}
