using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Scoring;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Interviewing.Wording;
using FsCheck;
using FsCheck.Fluent;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>An input and how many seconds after the one before it comes; below zero when the clock goes backwards.</summary>
internal sealed record Timed(Input Input, double Seconds)
{
    public override string ToString() => $"{Seconds:0}s {Printed.Whole(Input)}";
}

/// <summary>Arbitrary inputs: anything, at any time, in any order.</summary>
internal static class Inputs
{
    private static readonly string[] Texts =
    [
        "For hikers.", "How many recordings?", "skip", "back to data", "stop", "hint", "yes", "I agree", "swap", "pause", "data, please",
        "", " \n", "\0", "\ud800", "\u202eabc", new string('x', 5000), "We would split by site, with expert labels & drift? <b>",
    ];

    private static readonly string[] Ids =
        [.. BirdSongs.Book.Points.Select(p => p.Id), "plain-accuracy", "latency", "volume", "unknown"];

    public static readonly Gen<SessionSettings> Settings =
        from quiet in Gen.Elements(0.0, 4, 120)
        from budget in Gen.Elements(0.0, 5, 60)
        from pool in Gen.Elements(0, 1, 3, 14)
        from factor in Gen.Elements(1, 1.5)
        from grader in Gen.Elements(GraderMode.Rules, GraderMode.Model)
        from interviewer in Gen.Elements(InterviewerMode.Engine, InterviewerMode.Model)
        select SessionSettings.Default with
        {
            QuietPeriod = TimeSpan.FromSeconds(quiet),
            Budget = TimeSpan.FromMinutes(budget),
            ProbePool = pool,
            Accommodation = factor,
            Grader = grader,
            Interviewer = interviewer,
        };

    public static readonly Gen<Input> Start =
        from settings in Settings
        from level in Gen.Elements(Levels.All.ToArray())
        from mode in Gen.Elements(SessionMode.Practice, SessionMode.Assessed)
        from problem in Gen.Frequency((4, Gen.Constant(BirdSongs.Hash)), (1, Gen.Constant(BirdSongs.DistressCallsHash)), (1, Gen.Constant("unknown")))
        select (Input)new Input.Started(problem, level, mode, settings);

    private static readonly Gen<Finding> AFinding =
        from kind in Gen.Elements(Enum.GetValues<FindingKind>())
        from id in Gen.Elements(Ids)
        from strength in Gen.Elements(Enum.GetValues<Strength>())
        from turn in Gen.Choose(0, 4)
        from length in Gen.Choose(0, 30)
        from detail in Gen.Elements(null, "a figure")
        select new Finding(kind, id, strength, new Span(turn, 0, length), detail);

    // None given: the answer is examined for real.
    private static readonly Gen<ImmutableArray<Finding>?> Findings = Gen.OneOf(
        Gen.Constant<ImmutableArray<Finding>?>(null),
        AFinding.ListOf().Select(f => (ImmutableArray<Finding>?)[.. f.Take(4)]));

    private static readonly Gen<string> Key = Gen.Choose(1, 30).Select(n => $"m{n}");

    private static readonly Gen<Input> Message =
        from key in Key
        from text in Gen.Elements(Texts)
        select (Input)new Input.MessageReceived(key, text);

    private static readonly Gen<Input> Change =
        from key in Key
        from text in Gen.Elements(Texts)
        from deletes in Gen.Elements(true, false)
        select deletes ? (Input)new Input.MessageDeleted(key) : new Input.MessageEdited(key, text);

    private static readonly Gen<Input> Command = Gen.Elements<Input>(
        new Input.Consented(), new Input.Swap(), new Input.Hint(), new Input.Skip(), new Input.Back(), new Input.Back(Step.Data),
        new Input.Back(Step.Monitoring), new Input.TimeLeft(), new Input.Feedback(), new Input.Pause(), new Input.Resume());

    private static readonly Gen<Input> Timer =
        from kind in Gen.Frequency((3, Gen.Constant(TimerKind.Quiet)), (2, Gen.Elements(Enum.GetValues<TimerKind>())))
        from number in Gen.Frequency((2, Gen.Constant(Run.Latest)), (1, Gen.Choose(1, 60)))
        select (Input)new Input.TimerDue(kind, number);

    private static readonly Gen<Worded?> AWording =
        from gap in Gen.Elements([null, .. Ids])
        from fact in Gen.Elements("volume", "latency", "not-fixed", "unknown", "")
        from answer in Gen.Elements("", "Two million a day.", "7 a day.")
        from question in Gen.Elements("What would you do about that?", "Great. And then?", "No question.", "")
        from failed in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select failed ? null : new Worded(gap, fact.Length == 0 ? [] : [fact], answer, question);

    private static readonly Gen<Input> Reply =
        from number in Gen.Frequency((3, Gen.Constant(Run.Latest)), (1, Gen.Choose(0, 60)))
        from wording in Gen.Elements(true, false)
        from worded in AWording
        select wording ? (Input)new Input.WordingReceived(number, worded) : new Input.GradeReceived(number, Grades.Of(3, 2));

    private static readonly Gen<Input> Any = Gen.Frequency(
        (12, Message), (3, Change), (4, Command), (4, Timer), (2, Reply), (1, Start), (1, Gen.Constant<Input>(new Input.Stop())));

    private static readonly Gen<Timed> Next =
        from input in Any
        from findings in Findings
        from seconds in Gen.Frequency((8, Gen.Choose(0, 120)), (2, Gen.Choose(-600, 0)), (1, Gen.Choose(0, 2_000_000)))
        from late in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-100, 4000)))
        select new Timed(
            input with { Findings = findings, HandledAt = late == 0 ? null : Story.Start.AddSeconds(late) },
            seconds);

    /// <summary>A start and whatever follows.</summary>
    public static readonly Gen<Timed[]> Session =
        from start in Start
        from rest in Next.ListOf()
        select (Timed[])[new Timed(start, 0), .. rest];
}
