using System.Text.Json;
using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>What <c>oauth.v2.access</c> answers, as Slack's documentation shows it.</summary>
public sealed class SlackGrantTests
{
    [Fact]
    public void A_team_with_a_token_that_stays()
    {
        var grant = Read(Answer())!;
        grant.ShouldBe(new SlackGrant("T9TK3CUKW", "Slack Softball Team", "U0KRQLJ9H", "A0KRD7HC3", "app_mentions:read,chat:write,commands,im:history,im:read,im:write,users:read", new SlackTokens("xoxb-17653672481", null, null)));
    }

    [Fact]
    public void A_team_with_a_token_that_is_to_be_renewed()
    {
        var answer = Answer();
        (answer["access_token"], answer["refresh_token"], answer["expires_in"]) = ("xoxe.xoxb-1-abc", "xoxe-1-def", 43_200);
        Read(answer)!.Tokens.ShouldBe(new SlackTokens("xoxe.xoxb-1-abc", "xoxe-1-def", TimeSpan.FromHours(12)));
    }

    [Theory]
    [InlineData("team", "null", "team.id is missing")]
    [InlineData("team", """{"name":"x"}""", "team.id is missing")]
    [InlineData("team", """{"id":"T1/../x"}""", "team.id is missing")]
    [InlineData("bot_user_id", "null", "bot_user_id is missing")]
    [InlineData("app_id", "\"\"", "app_id is missing")]
    [InlineData("scope", "\"chat:write\"", "scope lacks app_mentions:read")]
    [InlineData("scope", "null", "scope lacks app_mentions:read")]
    [InlineData("token_type", "\"user\"", "access_token is no bot token")]
    [InlineData("access_token", "\"xoxp-17653672481\"", "access_token is no bot token")]
    [InlineData("access_token", "\"xoxb-1765 3672481\"", "access_token is no bot token")]
    [InlineData("access_token", "null", "access_token is no bot token")]
    [InlineData("expires_in", "43200", "refresh_token is none")]
    [InlineData("refresh_token", "\"xoxe-1-def\"", "expires_in is no time")]
    [InlineData("refresh_token", "\"abc-1-defgh\"", "refresh_token is none")]
    public void What_is_not_as_expected_is_refused_without_saying_what_it_held(string field, string value, string refusal)
    {
        var answer = Answer();
        answer[field] = JsonNode.Parse(value);
        SlackGrant.Read(JsonElement.Parse(answer.ToJsonString())).TryGet(out _, out var said).ShouldBeFalse();
        said.ShouldBe(refusal);
    }

    [Fact]
    public void A_team_without_a_name_is_called_by_its_id()
    {
        var answer = Answer();
        answer["team"] = new JsonObject { ["id"] = "T1" };
        Read(answer)!.TeamName.ShouldBe("T1");
    }

    [Theory]
    [InlineData("""{"is_enterprise_install":true,"team":null,"enterprise":{"id":"E1"}}""", true)]
    [InlineData("""{"team":null,"enterprise":{"id":"E1"}}""", true)]
    [InlineData("""{"is_enterprise_install":false,"team":{"id":"T1"},"enterprise":{"id":"E1"}}""", false)]
    [InlineData("""{"is_enterprise_install":false,"team":{"id":"T1"},"enterprise":null}""", false)]
    public void An_organisation_is_not_a_team(string answer, bool isOne) => SlackGrant.IsOfOrganisation(JsonElement.Parse(answer)).ShouldBe(isOne);

    private static SlackGrant? Read(JsonObject answer)
    {
        SlackGrant.Read(JsonElement.Parse(answer.ToJsonString())).TryGet(out var grant, out var refusal).ShouldBeTrue(refusal);
        return grant;
    }

    private static JsonObject Answer() => JsonNode.Parse(
        """
        {
          "ok": true, "access_token": "xoxb-17653672481", "token_type": "bot",
          "scope": "app_mentions:read,chat:write,commands,im:history,im:read,im:write,users:read",
          "bot_user_id": "U0KRQLJ9H", "app_id": "A0KRD7HC3",
          "team": { "name": "Slack Softball Team", "id": "T9TK3CUKW" },
          "enterprise": null, "authed_user": { "id": "U1234" }
        }
        """)!.AsObject();
}
