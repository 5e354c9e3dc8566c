using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SignatureTests
{
    // The example of docs.slack.dev, Verifying requests from Slack.
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signed = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset s_signedAt = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public void Slacks_own_example_is_valid()
    {
        Signature.Of(Secret, Timestamp, Encoding.UTF8.GetBytes(Body)).ShouldBe(Signed);
        Check().ShouldBe(SignatureVerdict.Valid);
    }

    [Theory]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(301, SignatureVerdict.Stale)]
    [InlineData(-301, SignatureVerdict.Stale)]
    public void Five_minutes_are_tolerated_either_way(int seconds, SignatureVerdict verdict) => Check(late: seconds).ShouldBe(verdict);

    [Fact]
    public void No_byte_of_the_body_may_change()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Check(body: body).ShouldBe(SignatureVerdict.Forged);
            body[i] ^= 1;
        }

        Check(body: [.. body, (byte)' ']).ShouldBe(SignatureVerdict.Forged);
        Check(body: []).ShouldBe(SignatureVerdict.Forged);
    }

    [Fact]
    public void No_digit_of_the_signature_may_change()
    {
        for (var i = 3; i < Signed.Length; i++)
            Check(signature: Signed[..i] + (Signed[i] == '0' ? '1' : '0') + Signed[(i + 1)..]).ShouldBe(SignatureVerdict.Forged);
    }

    [Theory]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("V0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5030")]
    [InlineData(" v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=é2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=")]
    [InlineData("")]
    [InlineData(null)]
    public void A_signature_of_another_form_is_none(string? signature) => Check(signature).ShouldBe(SignatureVerdict.Unsigned);

    [Theory]
    [InlineData("")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.0")]
    [InlineData(" 1531420618")]
    [InlineData("１531420618")]
    [InlineData("9999999999999")]
    [InlineData(null)]
    public void A_time_of_another_form_is_none(string? timestamp) =>
        Signature.Check([Secret], timestamp, Signed, Encoding.UTF8.GetBytes(Body), s_signedAt).ShouldBe(SignatureVerdict.Unsigned);

    [Fact]
    public void The_time_is_signed_too() =>
        Signature.Check([Secret], "1531420619", Signed, Encoding.UTF8.GetBytes(Body), s_signedAt).ShouldBe(SignatureVerdict.Forged);

    [Fact]
    public void While_a_secret_is_changed_both_are_valid_and_no_other_is()
    {
        Check(secrets: ["the-new-secret-of-the-app", Secret]).ShouldBe(SignatureVerdict.Valid);
        Check(secrets: [Secret, "the-new-secret-of-the-app"]).ShouldBe(SignatureVerdict.Valid);
        Check(secrets: ["the-new-secret-of-the-app"]).ShouldBe(SignatureVerdict.Forged);
        Check(secrets: []).ShouldBe(SignatureVerdict.Forged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_secret_signs_nothing(string secret)
    {
        Should.Throw<ArgumentException>(() => Signature.Of(secret, Timestamp, "x"u8));
        Should.Throw<ArgumentException>(() => Check(secrets: [secret]));
    }

    /// <param name="secrets">Null for the example's own.</param>
    private static SignatureVerdict Check(string? signature = Signed, byte[]? body = null, int late = 0, IReadOnlyCollection<string>? secrets = null) =>
        Signature.Check(secrets ?? [Secret], Timestamp, signature, body ?? Encoding.UTF8.GetBytes(Body), s_signedAt.AddSeconds(late));
}
