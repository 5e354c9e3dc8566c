using System.Text;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using Xunit;
using static BotPlatform.Interviewing.Tests.Sessions.Story;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Whole interviews as a reader would see them.</summary>
public sealed class TranscriptTests
{
    private static readonly SessionSettings Patient = AtOnce with { QuietPeriod = TimeSpan.FromSeconds(4) };

    [Fact]
    public void Mid_practice_with_questions_and_hints()
    {
        var story = Begun()
            .Says("Hi! How many recordings? How fast?", 1, Asks("volume", 20), Asks("latency", 9, from: 25), Asks("open", 3, FindingKind.OpenQuestion))
            .Says("So 2 million recordings per day for hikers.", 3, Figure("2 million", "So 2 million recordings per day for hikers."), Shows("requirements.users", label: "hikers"), Shows("requirements.volume", label: "the daily volume"))
            .Says("Without a network they need a small model, because the woods have none.", 2)
            .Says("A classifier.", 2)
            .Says("hint")
            .Says("Ah, multi-label, since birds sing at once.", 1, Shows("framing.task", Strength.Reasoned, "multi-label classification"))
            .Says("time left")
            .Says("A species list with scores.", 1, Shows("framing.output", label: "a species list"))
            .Says("Show unknown as unknown.", 2)
            .Says("skip")
            .Says("back")
            .Says("Split by site, or the same bird is on both sides.", 3, Shows("data.split", Strength.Reasoned, "a split by site"))
            .Says("No idea about labels.", 1)
            .MeetsTheBar(4).Says("It would be small enough.", 2);
        story.Says("We judge by plain accuracy.", 2, Found(FindingKind.RedFlag, "plain-accuracy"))
            .Says("Right, silence wins. Average precision, then.", 2, Found(FindingKind.Correction, "plain-accuracy"), Shows("evaluation.metric", label: "average precision"))
            .Says("And rare species apart.", 2, Shows("evaluation.slices", label: "rare species"))
            .Says("Hard to say.", 1)
            .MeetsTheBar(3).Says("It falls back to the top ten.", 2)
            .Says("We watch drift.", 2, Shows("monitoring.drift", label: "drift"), Found(FindingKind.Buzzword, "monitoring.drift", "drift"))
            .Says("And retrain each spring.", 1, Shows("monitoring.retraining", label: "retraining"))
            .Says("The share of unknown, weekly.", 1)
            .Says("Nothing more.", 1)
            .Says("No, thanks.", 1);

        Approved.Match("mid-practice-with-questions-and-hints", Print(story));
    }

    [Fact]
    public void Senior_assessed_with_edits()
    {
        var story = Begun(Level.Senior, SessionMode.Assessed, Patient)
            .Says("Let's start with data.").Says("hint").Says("I agree", 1)
            .Says("It is for bikers", 2).Says("recordings per day: 2 million.", 0.05)
            .When(new Input.MessageEdited("m4", "It is for hikers"), 0.01)
            .FallsDue(TimerKind.Quiet, default, Shows("requirements.users", label: "hikers"), Shows("requirements.volume", label: "the daily volume"))
            .Says("hint")
            .Says("It runs without a network, because the woods have none.", 3)
            .FallsDue(TimerKind.Quiet, default, Shows("requirements.offline", Strength.Reasoned, "use without a network"))
            .When(new Input.Feedback())
            .Says("Then each park gets its own list.", 2).FallsDue(TimerKind.Quiet)
            .FallsDue(TimerKind.Idle)
            .Says("resume", 900)
            .Says("Something that I would rather not say.", 1).When(new Input.MessageDeleted("m10"), 0.02)
            .Says("Multi-label.", 0.1).FallsDue(TimerKind.Quiet, default, Shows("framing.task", label: "multi-label classification"))
            .Says("stop", 1)
            .When(new Input.MessageEdited("m4", "It is for everyone"), 1)
            .Says("One more thing!", 1);

        Approved.Match("senior-assessed-with-edits", Print(story));
    }

    [Fact]
    public void Staff_with_depth_stopped_early()
    {
        var story = Begun(Level.Staff, problem: BirdSongs.DistressCallsHash).Says("swap");
        while (story.Session.Awaiting == Awaiting.Answer)
            story.Says(story.Session.LastProbed is null ? "All of it." : "More of it.", 3, Everything(story));
        story.Says("The modelling part.", 1)
            .Says("A teacher in the cloud.", 3, Found(FindingKind.Contradiction, "network", "the network"))
            .Says("The phone alone, that is.", 2, Found(FindingKind.Correction, "network"))
            .Says("pause", 1)
            .Says("resume", 600)
            .Says("back to serving", 1)
            .Says("stop", 2);

        Approved.Match("staff-with-depth-stopped-early", Print(story));
    }

    private static Finding[] Everything(Story story) =>
        [.. BirdSongs.Essentials(story.Session.Step, Level.Staff).Select(p => Shows(p, Strength.Quantified, p.Split('.')[1]))];

    private static Finding Asks(string id, int length, FindingKind kind = FindingKind.FactAsked, int from = 0) =>
        new(kind, id, Strength.Named, new Span(2, from, length));

    private static Finding Figure(string figure, string text) =>
        new(FindingKind.Quantity, "volume", Strength.Named, new Span(4, text.IndexOf(figure, StringComparison.Ordinal), figure.Length));

    private static string Print(Story story)
    {
        var text = new StringBuilder();
        foreach (var happened in story.Log)
        {
            var at = $"{(happened.At - Start).TotalMinutes,6:0.0}  ";
            if (happened is SessionEvent.Said said)
                text.Append($"\n{at}{said.N}. {(said.Speaker == Speaker.Candidate ? "CANDIDATE" : "INTERVIEWER")}: {said.Text.Value.Replace("\n", "\n        ", StringComparison.Ordinal)}\n");
            else if (happened is not (SessionEvent.TimerSet or SessionEvent.AnswerExamined or SessionEvent.Heard))
                text.Append($"{at}- {Printed.Short(happened)}\n");
        }

        return text.ToString();
    }
}
