using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SocketMessageTests
{
    [Theory]
    [InlineData("""{"type":"hello","num_connections":1,"debug_info":{"approximate_connection_time":3600}}""", 3600)]
    [InlineData("""{"type":"hello","debug_info":{"approximate_connection_time":-1}}""", null)]
    [InlineData("""{"type":"hello"}""", null)]
    public void A_greeting_may_say_how_long_the_connection_lasts(string message, int? seconds) =>
        Read(message).ShouldBe(new SocketMessage.Hello(seconds is { } s ? TimeSpan.FromSeconds(s) : null));

    [Theory]
    [InlineData("""{"type":"disconnect","reason":"refresh_requested","debug_info":{"host":"x"}}""", "refresh_requested")]
    [InlineData("""{"type":"disconnect","reason":"what was <said>"}""", "unknown")]
    [InlineData("""{"type":"disconnect"}""", "unknown")]
    public void An_end_has_a_reason(string message, string reason) => Read(message).ShouldBe(new SocketMessage.Disconnect(reason));

    [Fact]
    public void An_event_comes_as_it_would_over_HTTP()
    {
        var envelope = Read("""{"envelope_id":"e1","type":"events_api","payload":{"type":"event_callback", "event_id":"Ev1"},"accepts_response_payload":false,"retry_attempt":2,"retry_reason":"timeout"}""")
            .ShouldBeOfType<SocketMessage.Envelope>();
        (envelope.Id, envelope.Kind, envelope.TakesAnswer, envelope.Retry, envelope.RetryReason).ShouldBe(("e1", SocketKind.Event, false, 2, "timeout"));
        Encoding.UTF8.GetString(envelope.Body()).ShouldBe("""{"type":"event_callback", "event_id":"Ev1"}""");
    }

    [Fact]
    public void A_command_is_a_form()
    {
        var envelope = Read("""{"envelope_id":"e1","type":"slash_commands","payload":{"command":"/interview","text":"a","text":"b","n":1},"accepts_response_payload":true}""")
            .ShouldBeOfType<SocketMessage.Envelope>();
        envelope.TakesAnswer.ShouldBeTrue();
        envelope.Form().Keys.ShouldBe(["command", "text"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"new_thing","envelope_id":"e1","payload":{}}""")]
    [InlineData("""{"type":"events_api","payload":{}}""")]
    [InlineData("""{"type":"events_api","envelope_id":"","payload":{}}""")]
    [InlineData("""{"type":"events_api","envelope_id":7,"payload":{}}""")]
    [InlineData("""{"type":"interactive","envelope_id":"e1","payload":"{}"}""")]
    public void Anything_else_is_unreadable(string message) => Read(message).ShouldBeOfType<SocketMessage.Unreadable>();

    [Fact]
    public void Waits_grow_up_to_a_limit_and_leave_half_to_chance()
    {
        var times = SocketTimes.Default;
        times.Wait(0, 1).ShouldBe(times.FirstWait);
        times.Wait(0, 0).ShouldBe(times.FirstWait / 2);
        times.Wait(3, 1).ShouldBe(times.FirstWait * 8);
        times.Wait(int.MaxValue, 1).ShouldBe(times.LongestWait);
    }

    private static SocketMessage Read(string message) => SocketMessage.Read(Encoding.UTF8.GetBytes(message));
}
