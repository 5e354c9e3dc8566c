using System.Collections.Immutable;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Service.LanguageModels;

/// <summary>One session to be graded.</summary>
/// <param name="Rules">The rules' scorecard: what it says was not asked or declined need not hold in a reply.</param>
public sealed record ToGrade(
    RuleBook Book, Level Level, IReadOnlyList<Turn> Transcript, Scorecard Rules, string PromptHash, string Prompt, string Boundary);

/// <param name="Grade">Null when grading has to wait.</param>
/// <param name="Why">Why it waits, for an operator.</param>
public sealed record Graded(ModelGrade? Grade, string Why, TimeSpan? RetryAfter = null);

/// <summary>
/// Asks every sample of a grade. The service, <c>score</c>, <c>calibrate</c> and <c>rescore</c> all grade here. A reply
/// in which something does not hold is asked for once more; a model that cannot be asked makes the whole grade wait.
/// </summary>
public sealed class Grader(Models models)
{
    /// <param name="kept">Replies that came before, so that they are not paid for again.</param>
    public async Task<Graded> GradeAsync(ToGrade task, IReadOnlyList<KeptReply> kept, Asking asking, CancellationToken cancellation)
    {
        var graders = models.Graders;
        if (graders.IsEmpty)
            return new Graded(Grade: null, "no language model is configured as a grader");
        // What the transcript can bear out is read while the models think.
        var verification = Task.Run(() => new Verification(task.Book, task.Level, task.Transcript), cancellation);
        var request = GraderPrompt.Ask(task.Prompt, task.Book, task.Level, task.Transcript, task.Boundary, sample: "");
        var samples = await Task.WhenAll(Enumerable.Range(1, models.Settings.Samples)
            .Select(n => SampleAsync(n, graders[(n - 1) % graders.Length], task, request, kept, verification, asking, cancellation)));
        if (samples.Select(s => s.Failed).FirstOrDefault(f => f is not null) is { } failed)
            return new Graded(Grade: null, failed.Why, failed.RetryAfter);
        return samples.All(s => s.Sample!.Replies.IsEmpty)
            ? new Graded(Grade: null, "no model gave a grade that could be read")
            : new Graded(new ModelGrade(task.PromptHash, [.. samples.Select(s => s.Sample!)]), "");
    }

    private static async Task<(GraderSample? Sample, Graded? Failed)> SampleAsync(
        int number, ModelConnection model, ToGrade task, ModelRequest request, IReadOnlyList<KeptReply> kept, Task<Verification> verification, Asking asking, CancellationToken cancellation)
    {
        var sample = new GraderSample(number, model.Entry.Model, []);
        foreach (var key in KeysOf(number))
        {
            if (Known(kept, key) is var (reported, known))
            {
                sample = sample with { Model = reported, Replies = sample.Replies.Add(known) };
            }
            else
            {
                var (reply, raw, failure) = await asking.AskAsync(
                    model, ModelRole.Grader, request with { Sample = key }, task.PromptHash, task.Book.Rubric.Hash, persistent: true, GraderJson.Read, cancellation);
                if (failure is { IsOfTheReply: false })
                    return (null, new Graded(Grade: null, $"{model.Entry} {failure.InWords(model.Entry)}", failure.RetryAfter));
                sample = sample with { Model = raw?.Model ?? sample.Model, Replies = reply is null ? sample.Replies : sample.Replies.Add(reply) };
            }

            if (Holds((await verification).Verify(sample), task.Rules))
                break;
        }

        return (sample, null);
    }

    /// <summary>What the replies of a sample are kept under: the first, and the one that was asked for once more.</summary>
    public static IReadOnlyList<string> KeysOf(int sample) => [$"{sample}", $"{sample}b"];

    private static (string Model, GraderReply Reply)? Known(IReadOnlyList<KeptReply> kept, string key) =>
        kept.FirstOrDefault(k => k.Sample == key) is { } reply && GraderJson.Read(reply.Body) is { } read ? (reply.Model, read) : null;

    private static bool Holds(ImmutableArray<VerifiedScore> scores, Scorecard rules) => scores.Zip(rules.Scores)
        .All(pair => pair.First.Value is not null || pair.Second.State is ScoreState.NotAsked or ScoreState.Declined);
}
