using System.Text.Json;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Service.Practice;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Dapper;
using Shouldly;
using Caller = BotPlatform.Adapters.Postgres.Caller;
using SlackPost = BotPlatform.Tests.Shared.Slack.SlackPost;
using SlackReply = BotPlatform.Tests.Shared.Slack.SlackReply;
using SlackTeam = BotPlatform.Tests.Shared.Slack.SlackTeam;
using SlackTeamRow = BotPlatform.Adapters.Postgres.SlackTeam;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>The whole service connected to a strict Slack of the tests' own, with one team and its people.</summary>
internal sealed class SlackInstallation : IAsyncDisposable
{
    public const string Command = SlackSettings.DefaultCommand;
    public static readonly string[] Scopes = ["chat:write", "commands", "im:history", "im:write", "app_mentions:read"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SlackInstallation(SlackServer slack, SlackTeam team, ServiceUnderTest service)
    {
        (Slack, Team, Service) = (slack, team, service);
        Candidate = team.AddUser("U0CAND1");
    }

    public SlackServer Slack { get; }

    public SlackTeam Team { get; }

    public ServiceUnderTest Service { get; }

    public SlackPerson Candidate { get; }

    /// <param name="limits">Null for none, so that a test need not wait for Slack's pace.</param>
    /// <param name="prepare">Done to Slack before the service is there.</param>
    /// <param name="change">Changes the settings that connect the two.</param>
    /// <param name="acknowledgeWithin">Null for as patient as the tests are: how quick the service is, benchmarks say.</param>
    public static async Task<SlackInstallation> StartAsync(
        PostgresFixture postgres, TimeSpan? quietPeriod = null, SlackLimits? limits = null, Func<SlackSettings, SlackSettings>? change = null, TimeProvider? time = null,
        Action<SlackServer>? prepare = null, ModelSettings? models = null, TimeSpan? acknowledgeWithin = null)
    {
        var options = new SlackOptions
        {
            Limits = limits ?? SlackLimits.None,
            Time = time ?? TimeProvider.System,
            AcknowledgeWithin = acknowledgeWithin ?? Patience,
            TriggersLast = Patience,
        };
        var slack = await SlackServer.StartAsync(options);
        prepare?.Invoke(slack);
        var team = slack.AddTeam("T0TEAM1", Scopes);
        var settings = SettingsOf(slack, options, team);
        var service = await ServiceUnderTest.StartAsync(postgres, quietPeriod, content: SmallContent.Folder, slack: change?.Invoke(settings) ?? settings, time: time, models: models);
        slack.DeliverTo(service.Address);
        return new SlackInstallation(slack, team, service);
    }

    public static SlackSettings SettingsOf(SlackServer slack, SlackOptions options, SlackTeam team) =>
        new([options.SigningSecret], team.BotToken, AppToken: null, Install: null, slack.ApiBaseUrl, new Uri("https://interviews.example/"), Command);

    /// <summary>Begins an interview as a person would, and gives the thread's timestamp once the first question is there.</summary>
    public async Task<string> BeginAsync(SlackPerson? person = null, string problem = SmallContent.Problem, string level = "mid", string mode = "practice")
    {
        person ??= Candidate;
        (await UntilAskedAsync(() => person.SlashAsync(Command), r => r.Body.Length == 0)).Status.ShouldBe(200);
        await SubmitStartAsync(person, problem, level, mode);
        var root = await UntilAsync(() => person.Dm.Posts.LastOrDefault(p => p.ThreadTs is null), p => p is not null);
        await UntilAsync(() => Replies(root!.Ts, person), posts => posts.Count > 0);
        return root!.Ts;
    }

    public static async Task<SlackReply> SubmitStartAsync(SlackPerson person, string problem, string level, string mode)
    {
        await person.SuggestAsync("problem", "");
        return await person.SubmitAsync(person.Modals[^1], ("problem", problem), ("level", level), ("mode", mode));
    }

    /// <summary>Says something in the thread, and gives what the bot posted after it.</summary>
    public async Task<SlackPost> SayAndHearAsync(string thread, string text, SlackPerson? person = null)
    {
        person ??= Candidate;
        var before = Replies(thread, person).Count;
        await person.SayAsync(text, thread);
        return (await UntilAsync(() => Replies(thread, person), posts => posts.Count > before))[before];
    }

    /// <summary>What the bot posted into a thread, without the message it hangs on.</summary>
    public IReadOnlyList<SlackPost> Replies(string thread, SlackPerson? person = null) => [.. (person ?? Candidate).Posts(thread).Where(p => p.ThreadTs == thread)];

    /// <summary>Waits until everything that Slack told has been worked on, and everything that is to be posted is out.</summary>
    public async Task QuietAsync()
    {
        await Slack.SettledAsync();
        await using var connection = await Service.Database.Source.OpenConnectionAsync();
        await UntilAskedAsync<string?>(
            async () => await connection.QuerySingleAsync<string?>(
                """
                select min(what) from (
                  select 'event ' || delivery_id as what from slack_delivery where state = 'due'
                  union all select 'input ' || inbox_id from inbox where state = 'due' and kind not like 'timer%'
                  union all select kind || ' ' || coalesce(error, '') from outbox where state in ('queued', 'attempting')) waits
                """),
            waits => waits is null);
    }

    /// <summary>A person's newest session as the API shows it.</summary>
    public async Task<JsonElement> SessionAsync(SlackPerson? person = null)
    {
        person ??= Candidate;
        var threads = await Service.Get<SlackThreads>().OfAsync(SlackTeamRow.WorkspaceOf(person.Team.Id), person.Id, CancellationToken.None);
        var practising = Service.Get<Practising>();
        var (row, session) = (await practising.FindAsync(threads[0].Key, Caller.Local, CancellationToken.None))!.Value;
        return JsonSerializer.SerializeToElement(practising.View(row, session), Json.Indented);
    }

    /// <summary>What is there once it is as expected; fails with what it is instead.</summary>
    public async Task<T> UntilAsync<T>(Func<T> now, Func<T, bool> expected)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = now();
            if (expected(found))
                return found;
            limit.IsCancellationRequested.ShouldBeFalse($"it stayed like this: {found}; Slack refused: {string.Join("; ", Slack.Refusals)}");
            await Task.Delay(10);
        }
    }

    public async Task<T> UntilAskedAsync<T>(Func<Task<T>> now, Func<T, bool> expected)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var found = await now();
            if (expected(found))
                return found;
            limit.IsCancellationRequested.ShouldBeFalse($"it stayed like this: {found}; Slack refused: {string.Join("; ", Slack.Refusals)}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
