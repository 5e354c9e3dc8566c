using System.Collections.Immutable;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Benchmarks;

/// <summary>The repository's own content, and an interview well under way.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static RuleBook Book()
    {
        var content = ContentFolder.Load(Repository.Root);
        return RuleBook.Compile(content.Rubrics[^1], content.Problems.First(p => p.Slug == "video-recommendation"));
    }

    /// <summary>What was said in a gold session.</summary>
    public static ImmutableArray<Turn> GoldTurns(string session)
    {
        var file = Path.Combine(Repository.Root, "tests", "gold", "sessions", session + ".json");
        return TranscriptFile.Parse(file, File.ReadAllBytes(file)).TryGet(out var transcript, out var refusal)
            ? transcript.Turns
            : throw new InvalidOperationException(refusal);
    }

    /// <summary>A session of some sixty turns in which the next message completes an answer.</summary>
    public static Session Session(int turns)
    {
        var book = Book();
        var settings = SessionSettings.Default with { QuietPeriod = TimeSpan.FromSeconds(4) };
        var session = Interviewing.Sessions.Session.Empty(Guid.Empty, [book]);
        session = After(session, new Input.Started(book.Problem!.Hash, Level.Senior, SessionMode.Practice, settings), 0);
        // Answers of two messages each; what they show is given, as it is where a caller has read them.
        for (var n = 0; session.Turns.Count < turns; n++)
        {
            session = After(session, Answer($"{n}a"), 60 * n);
            session = After(session, Answer($"{n}b"), (60 * n) + 2);
            session = After(session, new Input.TimerDue(TimerKind.Quiet, session.Timers[TimerKind.Quiet]) { Findings = [] }, (60 * n) + 6);
        }

        return session.State == SessionState.Interviewing
            ? session with { Settings = settings with { QuietPeriod = TimeSpan.Zero } }
            : throw new InvalidOperationException("the interview is over before it has so many turns");
    }

    /// <summary>The longest of the gold sessions, some 2,500 words.</summary>
    public static ImmutableArray<Turn> LongInterview() => GoldTurns("D09");

    public static Input.MessageReceived Answer(string key) =>
        new(key, "We rank 500 candidates with gradient boosted trees, because a larger model would not answer within 200 ms.") { Findings = ImmutableArray<Finding>.Empty };

    private static Session After(Session session, Input input, int seconds) =>
        Interview.Apply(session, Interview.Decide(session, input, Start.AddSeconds(seconds)).Events);
}
