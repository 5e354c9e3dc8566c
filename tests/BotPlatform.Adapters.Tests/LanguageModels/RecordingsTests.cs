using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Tests.Content;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;
using ModelRequest = BotPlatform.Adapters.LanguageModels.ModelRequest;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>Replies kept in a folder are said again word for word, and only to the same question.</summary>
public sealed class RecordingsTests : IAsyncLifetime
{
    private readonly ContentRoot _folder = new();
    private readonly Dictionary<ModelProvider, ModelEntry> _entries = [];
    private ModelServer _server = null!;

    public static TheoryData<ModelProvider> Providers => new(Enum.GetValues<ModelProvider>());

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync(r => new ModelAnswer.Text($$"""{ "said": "reply {{r.Number}}" }"""));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_was_recorded_is_said_again_without_a_server(ModelProvider provider)
    {
        var recorded = (await AskAsync(ServedModel.Request(), provider, replay: false)).Reply!;
        await _server.DisposeAsync();

        var replayed = (await AskAsync(ServedModel.Request(), provider)).Reply!;

        (replayed with { Latency = default }).ShouldBe(recorded with { Latency = default });
        Directory.EnumerateFiles(_folder.Path).ShouldHaveSingleItem().ShouldEndWith("-1.json");
    }

    [Fact]
    public async Task A_boundary_that_differs_each_time_finds_it_all_the_same()
    {
        await AskAsync(ServedModel.Request("DATA-1111"), replay: false);

        (await AskAsync(ServedModel.Request("DATA-2222"))).Reply!.Text.ShouldContain("reply 1");
    }

    [Fact]
    public async Task Samples_are_recorded_apart()
    {
        foreach (var sample in (string[])["1", "2", "2b"])
            await AskAsync(ServedModel.Request(sample: sample), replay: false);

        (await AskAsync(ServedModel.Request(sample: "2b"))).Reply!.Text.ShouldContain("reply 3");
        (await AskAsync(ServedModel.Request(sample: "1"))).Reply!.Text.ShouldContain("reply 1");
    }

    [Fact]
    public async Task One_that_is_missing_is_an_error_that_names_it()
    {
        await AskAsync(ServedModel.Request(), replay: false);

        var failure = (await AskAsync(ServedModel.Request(sample: "2"))).Failure!;

        failure.Kind.ShouldBe(FailureKind.NotRecorded);
        failure.MayPass.ShouldBeFalse();
        failure.InWords(Entry(ModelProvider.OpenAi)).ShouldBe(
            $"has no recording of sample 2 of this request in {_folder.Path}: record it first, or ask the model");
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_question_another_model_or_another_setting_is_another_recording()
    {
        var asked = ServedModel.Request();
        await AskAsync(asked, replay: false);

        foreach (var other in (ModelRequest[])[asked with { System = ["Changed."] }, asked with { User = asked.User + "." }, asked with { MostOutputTokens = 501 }, asked with { SchemaName = "other" }])
            (await AskAsync(other)).Failure!.Kind.ShouldBe(FailureKind.NotRecorded);
        (await AskAsync(asked, change: e => e with { Model = "other" })).Failure!.Kind.ShouldBe(FailureKind.NotRecorded);
        (await AskAsync(asked, change: e => e with { Temperature = 1 })).Failure!.Kind.ShouldBe(FailureKind.NotRecorded);
        (await AskAsync(asked, change: e => e with { Name = "renamed", Key = "", BaseUrl = null })).Reply.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_useless_reply_is_recorded_too_so_that_a_run_is_the_same_again()
    {
        ModelAnswer[] useless =
        [
            new ModelAnswer.Refusal("No."), new ModelAnswer.Cut("{"), new ModelAnswer.EmptyChoices(), new ModelAnswer.BrokenBody(), new ModelAnswer.HalfJson("{ \"said\": 1 }"),
            new ModelAnswer.ToolCall("search"), new ModelAnswer.Huge(3_000_000),
        ];
        foreach (var provider in Enum.GetValues<ModelProvider>())
        {
            foreach (var (n, answer) in useless.Index())
            {
                _server.Answer = _ => answer;
                var recorded = (await AskAsync(ServedModel.Request(sample: $"{n}"), provider, replay: false)).Failure!;
                (await AskAsync(ServedModel.Request(sample: $"{n}"), provider)).Failure.ShouldBe(recorded, $"{answer} of {provider}");
            }

            foreach (var file in Directory.EnumerateFiles(_folder.Path))
                File.Delete(file);
        }
    }

    [Fact]
    public async Task What_says_nothing_of_the_model_is_not_recorded()
    {
        foreach (var answer in (ModelAnswer[])[new ModelAnswer.Status(500), new ModelAnswer.Status(429), new ModelAnswer.Status(401), new ModelAnswer.CutConnection(AfterHeaders: true)])
        {
            _server.Answer = _ => answer;
            await AskAsync(ServedModel.Request(), replay: false);
        }

        Directory.EnumerateFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recording_that_was_damaged_is_an_error_that_names_it()
    {
        await AskAsync(ServedModel.Request(), replay: false);
        var file = Directory.EnumerateFiles(_folder.Path).Single();
        await File.WriteAllTextAsync(file, "{ \"model\": ");

        var failure = (await AskAsync(ServedModel.Request())).Failure!;

        failure.Kind.ShouldBe(FailureKind.NotRecorded);
        failure.InWords(Entry(ModelProvider.OpenAi)).ShouldContain(Path.GetFileName(file));
    }

    private async Task<(ModelReply? Reply, ModelFailure? Failure)> AskAsync(
        ModelRequest request, ModelProvider provider = ModelProvider.OpenAi, bool replay = true, Func<ModelEntry, ModelEntry>? change = null)
    {
        var entry = Entry(provider);
        var settings = ModelSettings.None with { Models = [change?.Invoke(entry) ?? entry] };
        using var models = new Models(settings, TimeProvider.System, () => 0.5, new RecordingFolder(_folder.Path, replay));
        return await models.All[0].AskAsync(request, persistent: false, CancellationToken.None);
    }

    // A server that is gone has no address, and a replay needs none.
    private ModelEntry Entry(ModelProvider provider) => _entries.TryGetValue(provider, out var known) ? known : _entries[provider] = ServedModel.Entry(_server, provider);
}
