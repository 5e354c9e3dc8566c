using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;
using BotPlatform.Interviewing.Wording;
using Shouldly;

namespace BotPlatform.Interviewing.Tests.Wording;

/// <summary>A session that waits for a model's wording, and what becomes of one.</summary>
internal static class Waiting
{
    public const string Gap = "requirements.users";
    public const string LeavesWithoutAnswer = "it leaves the candidate's question without an answer";
    public const string Praises = "it praises or grades";
    public const string HasNumber = "it has a number that is neither in the problem nor in the transcript";
    public const string HasMarkup = "it has markup in it";
    public const string IsNoQuestion = "it is not one question";
    public const string GivesAway = "it gives an answer away";

    public static readonly SessionSettings ByModel = Story.AtOnce with { Interviewer = InterviewerMode.Model };

    /// <summary>The first question was answered like this, in several messages where there are several.</summary>
    public static Session For(RuleBook book, Finding[] findings, params string[] said)
    {
        var session = Session.Empty(Guid.Empty, [book]);
        session = Then(session, new Input.Started(BirdSongs.Hash, Level.Mid, SessionMode.Practice, ByModel));
        for (var i = 0; i < said.Length; i++)
            session = Then(session, new Input.MessageReceived($"m{i}", said[i]) { Findings = [.. findings] });
        session.WordingAskedAt.ShouldBe(session.Version - 1);
        return session;
    }

    public static Session After(params string[] said) => For(BirdSongs.Book, [], said);

    /// <summary>The candidate asked for the volume within an answer.</summary>
    public static Session Asked() =>
        For(BirdSongs.Book, [Story.Found(FindingKind.FactAsked, "volume")], "It is for people who walk in the woods. How many recordings?");

    public static string? Refusal(this Session session, string question, string answer = "", string? gap = Gap, params string[] facts) =>
        WordingChecks.Refusal(session, Wordings.Awaited(session)!, new Worded(gap, [.. facts], answer, question));

    private static Session Then(Session session, Input input) => Interview.Apply(session, Interview.Decide(session, input, Story.Start).Events);
}
