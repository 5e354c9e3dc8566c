using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Practice;
using Dapper;
using Shouldly;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>Sessions whose scorecards are shared by link, on a service that has a public address.</summary>
internal static class SharedPage
{
    public const string Public = "https://interviews.example/";

    /// <summary>Slack is configured, because that is where the public address stands; it is never reached.</summary>
    public static SlackSettings Slack { get; } =
        new(["signing-secret-of-the-tests"], "xoxb-none", null, null, new Uri("http://127.0.0.1:9/api/"), new Uri(Public), SlackSettings.DefaultCommand);

    /// <summary>The path of the link to a session's scorecard.</summary>
    public static string Link(ServiceUnderTest service, Guid session) =>
        service.Get<SharedLinks>().Scorecard(new SessionKey(Workspace.Local, session))!.AbsolutePath;

    public static async Task<(HttpResponseMessage Answer, IHtmlDocument Page)> OpenAsync(ServiceUnderTest service, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        // As a proxy passes it on, and however strict the service is about its own name.
        request.Headers.Host = "interviews.example";
        var answer = await service.Http.SendAsync(request);
        return (answer, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>An interview with these answers, over and scored.</summary>
    public static Task<Guid> EndedAsync(ServiceUnderTest service, params IReadOnlyList<string> answers) => EndedOnAsync(service, SmallContent.Problem, answers);

    public static async Task<Guid> EndedOnAsync(ServiceUnderTest service, string problem, params IReadOnlyList<string> answers)
    {
        var id = await service.Http.BeginAsync(problem);
        for (var i = 0; i < answers.Count; i++)
            await service.Http.SayAndHearAsync(id, $"m{i + 1}", answers[i]);
        (await service.Http.CommandAsync(id, "stop")).EnsureSuccessStatusCode();
        await service.Http.UntilAsync(id, s => s.State() == "ended");
        return Guid.Parse(id);
    }

    public static async Task AttachAsync(ServiceUnderTest service, Guid session, string message, string name, DateTimeOffset at)
    {
        await using var connection = await service.Database.Source.OpenConnectionAsync();
        (await connection.ExecuteAsync(
            """
            insert into attachment (workspace_id, session_id, message_key, ordinal, name, media_type, bytes, reference, received_at)
            values (@Local, @session, @message, 0, @name, 'image/png', 2048, 'F1', @at)
            """,
            new { Workspace.Local, session, message, name, at })).ShouldBe(1);
    }
}
