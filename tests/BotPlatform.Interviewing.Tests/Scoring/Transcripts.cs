using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Tests.Sessions;

namespace BotPlatform.Interviewing.Tests.Scoring;

/// <summary>Short transcripts, and what becomes of a grade that was given for them.</summary>
internal static class Transcripts
{
    /// <summary>Questions and answers by turns: the answers are turns 2, 4, 6 and so on.</summary>
    public static Turn[] Of(params string[] answers) => Of(Step.Requirements, answers);

    public static Turn[] Of(Step step, params string[] answers) =>
    [
        .. answers.SelectMany((text, i) => new[]
        {
            new Turn((2 * i) + 1, Speaker.Interviewer, step, "What would you do about the birds?"),
            new Turn((2 * i) + 2, Speaker.Candidate, step, text),
        }),
    ];

    public static VerifiedScore Verified(Turn[] transcript, GradedCriterion given)
    {
        var reply = Grades.Reply(1);
        reply = reply with { Scores = [.. reply.Scores.Select(s => s.Criterion == given.Criterion ? given : s)] };
        return new Verification(BirdSongs.Book, Level.Mid, transcript).Verify(reply).Single(s => s.Criterion == given.Criterion);
    }

    /// <summary>The spans that a criterion is left with after quotes were checked.</summary>
    public static string[] Quoted(Turn[] transcript, params GradedQuote[] quotes) =>
    [
        .. Verified(transcript, Grades.Criterion("data", 3) with { Quotes = [.. quotes] }).Evidence.Select(transcript.Text),
    ];

    public static string Text(this Turn[] transcript, Span span) => transcript[span.Turn - 1].Text.Substring(span.Start, span.Length);
}
