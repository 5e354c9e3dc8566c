using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Dapper;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;
using ServedRequest = BotPlatform.Tests.Shared.Models.ModelRequest;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>
/// A service whose questions are worded and whose sessions are graded by the double. Each of the double's two parts
/// does as it is told until a test says otherwise.
/// </summary>
public sealed class ModelledService(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>Stands in everything that the candidate says here.</summary>
    public const string CandidateMark = "zebra";

    /// <summary>Stands in what the double says when it misbehaves.</summary>
    public const string ModelMark = "quagga";

    public static readonly string[] Answers =
        [$"It should be quick, and the {CandidateMark} people should like it.", $"We order the feed by ranking, because {CandidateMark} people only see the first few posts of the whole list."];

    private readonly KeptLogs _logs = new();
    private ModelServer? _server;
    private ServiceUnderTest? _service;

    public ModelServer Server => _server!;

    public ServiceUnderTest Service => _service!;

    public HttpClient Http => Service.Http;

    public IReadOnlyList<string> Logs => _logs.Lines;

    internal Func<ServedRequest, ModelAnswer> Grader { get; set; } = Good;

    internal Func<ServedRequest, ModelAnswer> Interviewer { get; set; } = Good;

    /// <summary>What is unusual about the models; set before the service starts.</summary>
    internal Func<ModelSettings, ModelSettings> Change { get; init; } = s => s;

    /// <summary>A database that another node uses too.</summary>
    internal TestDatabase? Shared { get; init; }

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(r => GoodReplies.IsGrade(r) ? Grader(r) : Interviewer(r));
        _service = await StartNodeAsync(Shared);
    }

    /// <summary>Another service with the same models on the same database, or the first.</summary>
    internal async Task<ServiceUnderTest> StartNodeAsync(TestDatabase? database, Func<ModelSettings, ModelSettings>? change = null)
    {
        var settings = TestModels.Settings(TestModels.OpenAi(Server), TestModels.Anthropic(Server, ModelRole.Grader));
        var service = await ServiceUnderTest.StartAsync(postgres, content: SmallContent.Folder, shared: database, models: (change ?? Change)(settings));
        service.Get<ILoggerFactory>().AddProvider(_logs);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Server.DisposeAsync();
        _logs.Dispose();
    }

    internal static ModelAnswer Good(ServedRequest request) => GoodReplies.To(request);

    /// <summary>Answers twice and stops; the grade is asked for.</summary>
    internal async Task<string> StoppedInterviewAsync(params string[] answers)
    {
        var id = await Http.BeginAsync();
        foreach (var (n, answer) in (answers.Length == 0 ? Answers : answers).Index())
            await Http.SayAndHearAsync(id, $"m{n + 1}", answer);
        using var stopped = await Http.CommandAsync(id, "stop");
        await Http.UntilAsync(id, s => s.State() is "grading" or "ended");
        return id;
    }

    /// <summary>The session's only scorecard, once it is there.</summary>
    internal async Task<JsonElement> ScorecardAsync(string id)
    {
        var ended = await Http.UntilAsync(id, s => s.State() == "ended");
        (await CountAsync("select count(*)::int from scorecard where session_id = @id", id)).ShouldBe(1);
        (await CountAsync("select count(*)::int from inbox where session_id = @id and state = 'dead'", id)).ShouldBe(0);
        return ended.GetProperty("scorecard");
    }

    /// <summary>The effect that waits, once it is put back, with the reason and the seconds from now on.</summary>
    internal async Task<WaitingEffect> WaitingAsync(string id, string kind = "request_grade")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var waiting = (await Service.Get<Outbox>().WaitingAsync(limit.Token)).SingleOrDefault(w => w.SessionId == Guid.Parse(id) && w.Kind == kind);
            if (waiting is { State: "queued", Error.Length: > 0 })
                return waiting;
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>An operator has it tried again now.</summary>
    internal async Task RetryAsync(WaitingEffect effect, ServiceUnderTest? node = null)
    {
        (await (node ?? Service).Get<Outbox>().RetryAsync(effect.EffectId, TimeProvider.System.GetUtcNow(), CancellationToken.None)).ShouldBe(1);
        (node ?? Service).Get<OutboxBell>().Ring();
    }

    /// <summary>Answers by which the requests about their interview are known from those about any other.</summary>
    internal static string[] AnswersWith(string own) => [$"{Answers[0]} {own}.", Answers[1]];

    internal static bool IsAbout(ServedRequest request, string own) => request.Body.Contains(own, StringComparison.Ordinal);

    /// <summary>Grades that were asked for of an interview whose answers hold this.</summary>
    internal int GradesOf(string own) => Server.Requests.Count(r => GoodReplies.IsGrade(r) && IsAbout(r, own));

    internal int Requests(bool grades) => Server.Requests.Count(r => GoodReplies.IsGrade(r) == grades);

    internal async Task<int> CountAsync(string sql, string id)
    {
        await using var connection = await Service.Database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(sql, new { id = Guid.Parse(id) });
    }

    internal void NothingThatWasSaidIsLogged()
    {
        Logs.ShouldAllBe(l => !l.Contains(CandidateMark));
        Logs.ShouldAllBe(l => !l.Contains(ModelMark));
        Logs.ShouldAllBe(l => !l.Contains("test-key"));
    }
}
