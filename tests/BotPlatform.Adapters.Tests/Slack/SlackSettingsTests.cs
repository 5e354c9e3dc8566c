using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SlackSettingsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly string s_key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void One_team_over_HTTP()
    {
        var settings = Read(("SigningSecret", Secret), ("BotToken", "xoxb-1"));
        settings.ShouldSatisfyAllConditions(
            s => s.SigningSecrets.ShouldBe([Secret]),
            s => s.BotToken.ShouldBe("xoxb-1"),
            s => s.Install.ShouldBeNull(),
            s => s.AppToken.ShouldBeNull(),
            s => s.ApiBaseUrl.ShouldBe(SlackSettings.SlackItself),
            s => s.PublicUrl.ShouldBeNull(),
            s => s.Command.ShouldBe("/interview"));
    }

    [Fact]
    public void One_team_in_Socket_Mode_needs_no_secret()
    {
        var settings = Read(("AppToken", "xapp-1"), ("BotToken", "xoxb-1"), ("SigningSecret", "  "));
        settings.SigningSecrets.ShouldBeEmpty();
        settings.AppToken.ShouldBe("xapp-1");
    }

    [Fact]
    public void Many_teams()
    {
        var other = Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]);
        var settings = Read(
            ("SigningSecret", Secret), ("PreviousSigningSecret", Secret[..16]), ("clientid", "1.2"), ("CLIENTSECRET", "s"), ("TokenKey", s_key), ("PreviousTokenKey", other),
            ("PublicUrl", "https://interviews.example/bots"), ("Command", "/ml-interview_2"));
        settings.SigningSecrets.ShouldBe([Secret, Secret[..16]]);
        settings.Install!.ClientId.ShouldBe("1.2");
        settings.Install.TokenKeys.Select(k => k[0]).ShouldBe([(byte)0, (byte)1]);
        settings.PublicUrl!.ToString().ShouldBe("https://interviews.example/bots/");
        settings.Command.ShouldBe("/ml-interview_2");
    }

    [Theory]
    [InlineData("SigningSecrets=x", "Slack:SigningSecrets: there is no such setting; expected SigningSecret, PreviousSigningSecret, BotToken,*")]
    [InlineData("SigningSecret=short;BotToken=xoxb-1", "Slack:SigningSecret: expected the signing secret from the app's Basic Information page, 32 characters")]
    [InlineData("SigningSecret={secret};PreviousSigningSecret=short;BotToken=xoxb-1", "Slack:SigningSecret: expected the signing secret*")]
    [InlineData("SigningSecret={secret};BotToken=xoxp-1", "Slack:BotToken: expected a bot token, which begins with xoxb-")]
    [InlineData("AppToken=xoxb-1;BotToken=xoxb-1", "Slack:AppToken: expected an app-level token, which begins with xapp-")]
    [InlineData("BotToken=xoxb-1", "Slack:SigningSecret: expected the signing secret (or Slack:AppToken for Socket Mode): without it anybody could speak for Slack")]
    [InlineData("SigningSecret={secret}", "Slack:BotToken: expected the bot token of one team, or Slack:ClientId, Slack:ClientSecret and Slack:TokenKey so that teams can install the app themselves")]
    [InlineData("SigningSecret={secret};ClientId=1;ClientSecret=s", "Slack: ClientId, ClientSecret and TokenKey belong together; TokenKey is missing")]
    [InlineData("SigningSecret={secret};ClientId=1;TokenKey={key}", "Slack: ClientId, ClientSecret and TokenKey belong together; ClientSecret is missing")]
    [InlineData("SigningSecret={secret};ClientSecret=s;TokenKey={key}", "Slack: ClientId, ClientSecret and TokenKey belong together; ClientId is missing")]
    [InlineData("SigningSecret={secret};ClientId=1;ClientSecret=s;TokenKey=AAAA;PublicUrl=https://a", "Slack:TokenKey: expected 32 random bytes in base64, as `openssl rand -base64 32` prints them")]
    [InlineData("SigningSecret={secret};ClientId=1;ClientSecret=s;TokenKey=!;PublicUrl=https://a", "Slack:TokenKey: expected 32 random bytes*")]
    [InlineData("SigningSecret={secret};ClientId=1;ClientSecret=s;TokenKey={key};PreviousTokenKey=AAAA;PublicUrl=https://a", "Slack:PreviousTokenKey: expected 32 random bytes*")]
    [InlineData("SigningSecret={secret};ClientId=1;ClientSecret=s;TokenKey={key}", "Slack:PublicUrl: expected the https:// address under which Slack and people reach this service, as teams install the app from there")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;PublicUrl=interviews.example", "Slack:PublicUrl: expected an address that begins with http:// or https://")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;ApiBaseUrl=ftp://slack.com", "Slack:ApiBaseUrl: expected an address that begins with http:// or https://")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;Command=interview", "Slack:Command: expected a slash command in lower case, as /interview")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;Command=/", "Slack:Command: expected a slash command*")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;Command=/Interview", "Slack:Command: expected a slash command*")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;Command=/an interview", "Slack:Command: expected a slash command*")]
    [InlineData("SigningSecret={secret};BotToken=xoxb-1;Command=/a123456789012345678901234567890123", "Slack:Command: expected a slash command*")]
    public void What_is_wrong_is_said_with_what_was_expected(string set, string refusal)
    {
        var values = set.Replace("{secret}", Secret).Replace("{key}", s_key).Split(';').Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => (string?)v[1]);
        SlackSettings.Read(values).TryGet(out _, out var said).ShouldBeFalse();
        if (refusal.EndsWith('*'))
            said.ShouldStartWith(refusal[..^1]);
        else
            said.ShouldBe(refusal);
        said.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/commands/1", true)]
    [InlineData("https://slack.com/x", true)]
    [InlineData("http://hooks.slack.com/commands/1", false)]
    [InlineData("https://hooks.slack.com.evil.example/1", false)]
    [InlineData("https://notslack.com/1", false)]
    [InlineData("https://evil.example/slack.com", false)]
    [InlineData("https://slack.com@evil.example/", false)]
    public void Only_Slacks_own_addresses_are_called(string address, bool isSlack) =>
        Read(("SigningSecret", Secret), ("BotToken", "xoxb-1")).IsSlack(new Uri(address)).ShouldBe(isSlack);

    private static SlackSettings Read(params IEnumerable<(string Name, string? Value)> set)
    {
        SlackSettings.Read(set.ToDictionary(s => s.Name, s => s.Value)).TryGet(out var settings, out var refusal).ShouldBeTrue(refusal);
        return settings!;
    }
}
