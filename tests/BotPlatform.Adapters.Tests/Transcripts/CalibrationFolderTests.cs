using BotPlatform.Adapters.Transcripts;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Transcripts;

public sealed class CalibrationFolderTests : IDisposable
{
    private readonly string _folder = TestFolder.Create();

    [Fact]
    public async Task Sessions_come_in_the_order_of_their_names_with_their_raters()
    {
        Session("S2");
        Session("S1");
        Rating("beta", "S1");
        Rating("alpha", "S1");
        Rating("alpha", "S2");

        var read = (await ReadAsync()).Value.ShouldNotBeNull();

        read.Sessions.Select(s => s.Name + ": " + string.Join(' ', s.Ratings.Select(r => r.Rater))).ShouldBe(["S1: alpha beta", "S2: alpha"]);
        read.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_named_sessions_are_read()
    {
        Session("S1");
        Session("S2", "broken");
        Rating("alpha", "S1");

        (await ReadAsync("S1")).Value.ShouldNotBeNull().Sessions.ShouldHaveSingleItem().Name.ShouldBe("S1");
        (await ReadAsync("S3")).Refused!.Message.ShouldBe($"{At("sessions")}: there is no session 'S3'");
    }

    [Fact]
    public async Task What_has_no_counterpart_is_left_out_and_said()
    {
        Session("S1");
        Session("S2");
        Rating("alpha", "S1");
        Rating("alpha", "S9");

        var read = (await ReadAsync()).Value.ShouldNotBeNull();

        read.Sessions.ShouldHaveSingleItem();
        read.Notices.ShouldBe(
        [
            $"{At("sessions", "S2.json")}: nobody rated it, left out",
            $"{At("ratings", "alpha", "S9.json")}: there is no such session, left out",
        ]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_refused_with_one_line()
    {
        const string expected = "there is no such folder, expected DIR/sessions/*.json and DIR/ratings/<rater>/<session>.json";
        (await CalibrationFolder.ReadAsync(At("absent"), [], ["data"], default)).Refused!.Message.ShouldBe($"{At("absent")}: {expected}");
        (await ReadAsync()).Refused!.Message.ShouldBe($"{At("sessions")}: {expected}");
        Directory.CreateDirectory(At("sessions"));
        (await ReadAsync()).Refused!.Message.ShouldBe($"{At("ratings")}: {expected}");
        Directory.CreateDirectory(At("ratings"));
        (await ReadAsync()).Refused!.Message.ShouldBe($"{At("sessions")}: expected at least one session with a rating in {At("ratings")}/<rater>");
    }

    [Theory]
    [InlineData("{", "S1.json:1: expected JSON, it breaks at byte 2 of the line")]
    [InlineData("""{"problem":"birds","turns":[{"n":1,"speaker":"candidate","step":"data","text":"x"}]}""", "S1.json: \"level\" is missing")]
    [InlineData("""{"problem":"birds","turns":[{"n":"one"}]}""", "S1.json: turns[0].n: expected a whole number above 0")]
    public async Task A_broken_session_is_named(string json, string expected)
    {
        Session("S1", json);
        Rating("alpha", "S1");

        (await ReadAsync()).Refused!.Message.ShouldBe(At("sessions", expected));
    }

    [Fact]
    public async Task A_broken_rating_is_named()
    {
        Session("S1");
        Rating("alpha", "S1", """{"level":"junior","scores":{}}""");

        (await ReadAsync()).Refused!.Message.ShouldBe(At("ratings", "alpha", "S1.json: \"level\": expected mid, senior or staff, found 'junior'"));
    }

    [Fact]
    public async Task A_rating_at_another_level_is_no_rating_of_the_session()
    {
        Session("S1");
        Rating("alpha", "S1", """{"level":"staff","scores":{}}""");

        (await ReadAsync()).Refused!.Message.ShouldBe(At("ratings", "alpha", "S1.json: \"level\": rated at staff, but the session is at mid"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Outcome<CalibrationFolder>> ReadAsync(params string[] only) => CalibrationFolder.ReadAsync(_folder, only, ["data"], default);

    private void Session(string name, string? json = null) => Write(
        At("sessions", name + ".json"),
        json ?? $$"""{"id":"{{name}}","problem":"birds","level":"mid","turns":[{"n":1,"speaker":"candidate","step":"data","text":"x"}]}""");

    private void Rating(string rater, string session, string? json = null) => Write(
        At("ratings", rater, session + ".json"),
        json ?? $$"""{"session":"{{session}}","level":"mid","scores":{"data":{"score":3,"why":"y"} } }""");

    private static void Write(string path, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json);
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
