using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

/// <summary>The outside of what Slack delivers: read without what it wraps, and nothing believed that is of another form.</summary>
public sealed class SlackEnvelopeTests
{
    [Theory]
    [InlineData("""{"type":"event_callback","team_id":"T1","event_id":"E1","event":{"type":"message","team_id":"T2","text":"\"team_id\":\"T3\""}}""")]
    [InlineData(""" { "event" : [ { "event_id" : "E9" } ] , "event_id" : "E1" , "team_id" : "T1" , "type" : "event_callback" } """)]
    public void Ids_are_those_of_the_outside(string body) => Read(body).ShouldBe(new SlackEnvelope("event_callback", "T1", "E1", null));

    [Fact]
    public void A_challenge_is_given_back_as_it_came() =>
        Read("""{"token":"x","challenge":"3eZbrw1a\u0042","type":"url_verification"}""")!.Challenge.ShouldBe("3eZbrw1aB");

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":"a"} {"type":"b"}""")]
    [InlineData("""{"type":"a","event":{"b":}""")]
    [InlineData("""{"type":"a","event":{"b":1}""")]
    [InlineData("""{"type":"\ud800"}""")]
    public void What_is_no_delivery_is_none(string body) => Read(body).ShouldBeNull();

    [Theory]
    [InlineData("""{"type":"event_callback","team_id":{"id":"T1"},"event_id":["E1"]}""")]
    [InlineData("""{"type":"event_callback","team_id":"T\u00001","event_id":"E 1"}""")]
    [InlineData("""{"type":"event_callback","team_id":"","event_id":null}""")]
    public void Ids_of_another_form_are_left_out(string body) => Read(body).ShouldBe(new SlackEnvelope("event_callback", null, null, null));

    [Fact]
    public void An_id_that_is_longer_than_any_of_Slacks_is_left_out() =>
        Read($$"""{"type":"event_callback","team_id":"T1","event_id":"{{new string('E', 101)}}"}""")!.EventId.ShouldBeNull();

    [Fact]
    public void Bytes_that_are_no_text_are_no_delivery() => SlackEnvelope.Read(new byte[] { (byte)'{', 0xFF, (byte)'}' }).ShouldBeNull();

    [Fact]
    public void Nesting_has_an_end() => Read("""{"type":"a","event":""" + new string('[', 200) + new string(']', 200) + "}").ShouldBeNull();

    private static SlackEnvelope? Read(string body) => SlackEnvelope.Read(Encoding.UTF8.GetBytes(body));
}
