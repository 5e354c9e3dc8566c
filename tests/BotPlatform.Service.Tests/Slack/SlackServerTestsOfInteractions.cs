using System.Text.Json;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

public sealed class SlackServerTestsOfInteractions : IAsyncLifetime
{
    private const string Modal = """
        {"type":"modal","callback_id":"start","title":{"type":"plain_text","text":"Start"},"submit":{"type":"plain_text","text":"Go"},"notify_on_close":true,"blocks":[
        {"type":"input","block_id":"level","label":{"type":"plain_text","text":"Level"},"element":{"type":"static_select","action_id":"level","options":[
          {"value":"mid","text":{"type":"plain_text","text":"Mid"}},{"value":"senior","text":{"type":"plain_text","text":"Senior"}}]}},
        {"type":"input","block_id":"problem","optional":true,"label":{"type":"plain_text","text":"Problem"},"element":{"type":"external_select","action_id":"problem","min_query_length":0}}]}
        """;

    private readonly MovedTime _time = new();
    private AppOfTests _app = null!;
    private SlackClient _slack = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await AppOfTests.StartAsync();
        _slack = await SlackClient.StartAsync(new SlackOptions { Time = _time, Limits = SlackLimits.None, Echo = false });
        _slack.Server.DeliverTo(_app.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _slack.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_answered_at_once_or_later()
    {
        _app.Answer = _ => (200, "application/json", """{"response_type":"ephemeral","text":"at once"}""");
        var reply = await _slack.Candidate.SlashAsync("/interview", "help");
        reply.Json!.Value.GetProperty("text").GetString().ShouldBe("at once");
        var arrived = _app.Arrived.ShouldHaveSingleItem();
        arrived.Form("text").ShouldBe("help");
        using var http = new HttpClient();
        for (var use = 1; use <= 6; use++)
            (await http.PostAsync(new Uri(arrived.Form("response_url")!), SlackClient.Json("""{"text":"later"}"""))).IsSuccessStatusCode.ShouldBe(use <= 5);
        _slack.Candidate.Ephemerals.Select(post => post.Text).ShouldBe(["at once", "later", "later", "later", "later", "later"]);
        _slack.ShouldHaveRefused("used_url");
    }

    [Fact]
    public async Task A_response_url_lasts_for_half_an_hour()
    {
        await _slack.Candidate.SlashAsync("/interview");
        _time.Move((30 * 60) + 1);
        using var http = new HttpClient();
        await http.PostAsync(new Uri(_app.Arrived[0].Form("response_url")!), SlackClient.Json("""{"text":"late"}"""));
        _slack.ShouldHaveRefused("expired_url");
    }

    [Fact]
    public async Task A_command_that_fails_is_not_told_again()
    {
        _app.Answer = _ => (500, "text/plain", "");
        (await _slack.Candidate.SlashAsync("/interview")).Acknowledged.ShouldBeFalse();
        await _slack.Server.SettledAsync();
        _app.Arrived.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, false, "")]
    [InlineData(3.1, false, "expired_trigger_id")]
    [InlineData(0, true, "exchanged_trigger_id")]
    public async Task A_trigger_opens_one_modal_within_three_seconds(double seconds, bool again, string error)
    {
        var trigger = _slack.Candidate.IssueTrigger();
        if (again) await OpenAsync(trigger);
        _time.Move(seconds);
        SlackClient.Error(await OpenAsync(trigger)).ShouldBe(error);
        _slack.ShouldHaveRefused(error);
    }

    [Theory]
    [InlineData("\"callback_id\":\"start\"", "\"callbackid\":\"start\"")]
    [InlineData("\"text\":\"Start\"", "\"text\":\"A title of over twenty-four\"")]
    [InlineData("\"type\":\"modal\"", "\"type\":\"home\"")]
    [InlineData("\"submit\":{\"type\":\"plain_text\",\"text\":\"Go\"},", "")]
    public async Task A_modal_is_checked(string part, string other)
    {
        var view = Modal.Replace(part, other, StringComparison.Ordinal);
        SlackClient.Error(await OpenAsync(_slack.Candidate.IssueTrigger(), view)).ShouldBe("invalid_arguments");
        SlackClient.Error(await OpenAsync("1.2.3")).ShouldBe("invalid_trigger_id");
    }

    [Theory]
    [InlineData("private_metadata", 3000)]
    [InlineData("callback_id", 255)]
    [InlineData("external_id", 255)]
    public async Task A_modal_carries_so_much(string name, int most)
    {
        SlackClient.Error(await OpenAsync(_slack.Candidate.IssueTrigger(), View(most))).ShouldBeEmpty();
        SlackClient.Error(await OpenAsync(_slack.Candidate.IssueTrigger(), View(most + 1))).ShouldBe("invalid_arguments");

        string View(int length) =>
            $$$"""{"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[],"{{{name}}}":"{{{new string('a', length)}}}"}""";
    }

    [Theory]
    [InlineData("title", 24)]
    [InlineData("submit", 24)]
    [InlineData("close", 24)]
    public async Task A_modals_own_texts_are_short(string name, int most)
    {
        SlackClient.Error(await OpenAsync(_slack.Candidate.IssueTrigger(), View(most))).ShouldBeEmpty();
        SlackClient.Error(await OpenAsync(_slack.Candidate.IssueTrigger(), View(most + 1))).ShouldBe("invalid_arguments");

        string View(int length) => JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "modal",
            ["blocks"] = Array.Empty<object>(),
            ["title"] = new { type = "plain_text", text = "t" },
            [name] = new { type = "plain_text", text = new string('a', length) },
        });
    }

    [Theory]
    [InlineData(100, "")]
    [InlineData(101, "invalid_arguments")]
    public async Task A_view_holds_a_hundred_blocks(int count, string error)
    {
        var blocks = string.Join(',', Enumerable.Repeat("""{"type":"divider"}""", count));
        SlackClient.Error(await _slack.CallAsync("views.publish", $$"""{"user_id":"U0CAND1","view":{"type":"home","blocks":[{{blocks}}] } }"""))
            .ShouldBe(error);
    }

    [Fact]
    public async Task A_modal_is_filled_in_corrected_and_closed()
    {
        await OpenAsync(_slack.Candidate.IssueTrigger());
        var modal = _slack.Candidate.Modals.ShouldHaveSingleItem();
        await Should.ThrowAsync<InvalidOperationException>(() => _slack.Candidate.SubmitAsync(modal));
        await Should.ThrowAsync<InvalidOperationException>(() => _slack.Candidate.SubmitAsync(modal, ("level", "staff")));
        _app.Answer = _ => (200, "application/json", """{"options":[{"value":"feed","text":{"type":"plain_text","text":"Feed"}}]}""");
        (await _slack.Candidate.SuggestAsync("problem", "fe")).Options.ShouldBe(["feed"]);
        _app.Answer = _ => (200, "application/json", """{"response_action":"errors","errors":{"problem":"Not today"}}""");
        await _slack.Candidate.SubmitAsync(modal, ("level", "senior"), ("problem", "feed"));
        _slack.Candidate.Modals[0].Errors["problem"].ShouldBe("Not today");
        _app.Answer = _ => (200, "text/plain", "");
        await _slack.Candidate.SubmitAsync(modal, ("problem", ""));
        _slack.Candidate.Modals.ShouldBeEmpty();
        var values = _app.Arrived[^1].Json.GetProperty("view").GetProperty("state").GetProperty("values");
        values.GetProperty("level").GetProperty("level").GetProperty("selected_option").GetProperty("value").GetString().ShouldBe("senior");
        values.GetProperty("problem").GetProperty("problem").GetProperty("selected_option").ValueKind.ShouldBe(JsonValueKind.Null);
        _slack.Server.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"response_action":"errors","errors":{"nowhere":"x"}}""", "no input has this block_id")]
    [InlineData("""{"response_action":"close"}""", "must be one of")]
    [InlineData("""{"response_action":"update","view":{"type":"modal"}}""", "invalid_arguments")]
    [InlineData("""{"response_action":"clear"}""", "")]
    public async Task An_answer_to_a_form_is_checked(string answer, string refusal)
    {
        await OpenAsync(_slack.Candidate.IssueTrigger());
        _app.Answer = _ => (200, "application/json", answer);
        await _slack.Candidate.SubmitAsync(_slack.Candidate.Modals[0], ("level", "mid"));
        _slack.Candidate.Modals.Count.ShouldBe(refusal.Length == 0 ? 0 : 1);
        _slack.ShouldHaveRefused(refusal);
    }

    [Fact]
    public async Task Modals_stand_on_each_other()
    {
        await OpenAsync(_slack.Candidate.IssueTrigger());
        _app.Answer = _ => (200, "application/json", $$"""{"response_action":"push","view":{{Modal}}}""");
        await _slack.Candidate.SubmitAsync(_slack.Candidate.Modals[0], ("level", "mid"));
        _slack.Candidate.Modals.Count.ShouldBe(2);
        _app.Answer = _ => (200, "text/plain", "");
        await _slack.Candidate.CloseAsync(_slack.Candidate.Modals[1]);
        _slack.Candidate.Modals.Count.ShouldBe(1);
        _app.Arrived[^1].Json.GetProperty("type").GetString().ShouldBe("view_closed");
    }

    [Fact]
    public async Task A_view_is_updated_by_its_newest_hash()
    {
        var view = (await OpenAsync(_slack.Candidate.IssueTrigger())).GetProperty("view");
        var (id, hash) = (view.GetProperty("id").GetString(), view.GetProperty("hash").GetString());
        var update = $$"""{"view_id":"{{id}}","hash":"{{hash}}","view":{{Modal}}}""";
        SlackClient.Error(await _slack.CallAsync("views.update", update)).ShouldBeEmpty();
        SlackClient.Error(await _slack.CallAsync("views.update", update)).ShouldBe("hash_conflict");
        SlackClient.Error(await _slack.CallAsync("views.update", $$"""{"view_id":"V0","view":{{Modal}}}""")).ShouldBe("not_found");
    }

    [Theory]
    [InlineData("U0CAND1", "")]
    [InlineData("U0NOBODY", "invalid_arguments")]
    public async Task A_home_is_published_for_somebody(string user, string error)
    {
        var home = """{"type":"home","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"go","value":"1","text":{"type":"plain_text","text":"Go"}}]}]}""";
        SlackClient.Error(await _slack.CallAsync("views.publish", $$"""{"user_id":"{{user}}","view":{{home}}}""")).ShouldBe(error);
        _slack.ShouldHaveRefused(error);
        if (error.Length > 0) return;
        await _slack.Candidate.ClickInHomeAsync("go");
        _app.Arrived[0].Json.GetProperty("container").GetProperty("type").GetString().ShouldBe("view");
        _app.Arrived[0].Json.GetProperty("actions")[0].GetProperty("value").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task A_button_is_pressed_where_it_is()
    {
        var blocks = """[{"type":"actions","elements":[{"type":"button","action_id":"hint","value":"7","text":{"type":"plain_text","text":"Hint"}}]}]""";
        await _slack.CallAsync("chat.postMessage", $$"""{"channel":"U0CAND1","text":"ask","blocks":{{blocks}}}""");
        var post = _slack.Candidate.Posts().ShouldHaveSingleItem();
        await Should.ThrowAsync<InvalidOperationException>(() => _slack.Candidate.ClickAsync(post, "help"));
        await Should.ThrowAsync<InvalidOperationException>(() => _slack.Candidate.ClickAsync(post, "hint", "8"));
        await _slack.Candidate.ClickAsync(post, "hint", "7");
        var click = _app.Arrived.ShouldHaveSingleItem().Json;
        click.GetProperty("actions")[0].GetProperty("action_id").GetString().ShouldBe("hint");
        click.GetProperty("container").GetProperty("message_ts").GetString().ShouldBe(post.Ts);
        using var http = new HttpClient();
        await http.PostAsync(new Uri(click.GetProperty("response_url").GetString()!), SlackClient.Json("""{"text":"done","replace_original":true}"""));
        _slack.Candidate.Posts().ShouldHaveSingleItem().Shown.ShouldBe("done");
        _slack.Server.Refusals.ShouldBeEmpty();
    }

    private Task<JsonElement> OpenAsync(string trigger, string view = Modal) =>
        _slack.CallAsync("views.open", $$"""{"trigger_id":"{{trigger}}","view":{{view}}}""");
}
