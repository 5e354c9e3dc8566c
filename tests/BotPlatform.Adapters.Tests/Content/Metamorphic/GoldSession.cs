using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Transcripts;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;

namespace BotPlatform.Adapters.Tests.Content.Metamorphic;

/// <summary>A gold session, read and scored once, to be held against changed versions of itself.</summary>
internal sealed class GoldSession
{
    private static readonly ContentLoad Content = ContentFolder.Load(Repository.Root);
    private static readonly ConcurrentDictionary<string, RuleBook> Books = new(StringComparer.Ordinal);
    private readonly RuleBook _book;

    private GoldSession(string id, Transcript transcript, Level level)
    {
        Id = id;
        Level = level;
        Turns = transcript.Turns;
        _book = Books.GetOrAdd(transcript.Problem, problem => RuleBook.Compile(Content.Rubrics[^1], Content.Problems.FirstOrDefault(p => p.Slug == problem)));
        Scorecard = Score(Turns);
    }

    public static ImmutableArray<GoldSession> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "gold", "sessions"), "*.json").Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>All of them at once, in order: a score depends on nothing else.</summary>
    public static ParallelQuery<GoldSession> InParallel => All.AsParallel().AsOrdered();

    public string Id { get; }

    public Level Level { get; }

    public ImmutableArray<Turn> Turns { get; }

    public Scorecard Scorecard { get; }

    public IEnumerable<Turn> Answers => Turns.Where(t => t.Speaker == Speaker.Candidate);

    public Scorecard Score(IReadOnlyList<Turn> turns) => RuleScoring.Score(_book, Level, turns, Circumstances.Unknown);

    /// <summary>The criteria whose values differ, as "D07 data 2→3".</summary>
    public IEnumerable<Moved> Moves(IReadOnlyList<Turn> changed) => Moves(Score(changed));

    public IEnumerable<Moved> Moves(Scorecard changed) => Scorecard.Scores
        .Zip(changed.Scores, (before, after) => new Moved(Id, before.Criterion, before.Value, after.Value))
        .Where(m => m.Before != m.After);

    private static GoldSession Read(string file)
    {
        return TranscriptFile.Parse(file, File.ReadAllBytes(file)).TryGet(out var transcript, out var refusal)
            ? new GoldSession(Path.GetFileNameWithoutExtension(file), transcript, transcript.Level!.Value)
            : throw new InvalidOperationException(refusal);
    }
}

/// <summary>A value before and after a change; null is unscored.</summary>
internal readonly record struct Moved(string Session, string Criterion, int? Before, int? After, string Step = "")
{
    public bool IsUp => (After ?? 0) > (Before ?? 0);

    public int By => (After ?? 0) - (Before ?? 0);

    public override string ToString() => $"{Session} {Criterion} {Before?.ToString() ?? "–"}→{After?.ToString() ?? "–"}";
}
