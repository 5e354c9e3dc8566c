using System.Text.Json;
using BotPlatform.Adapters.Content;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

/// <summary>The candidates of the gold sessions, interviewed by us on the problems that we have.</summary>
public sealed class GoldCandidatesTests
{
    private const string NothingMore = "I have nothing to add here.";
    private static readonly ContentLoad Content = ContentFolder.Load(Repository.Root);

    public static TheoryData<string> Sessions() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "gold", "sessions"), "*.json")
            .Where(f => Content.Problems.Any(p => p.Slug == Read(f).GetProperty("problem").GetString()))
            .Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_gold_candidate_is_led_through_all_steps_with_one_new_question_a_turn(string id)
    {
        var session = Interviewed(id);

        session.Ending.ShouldBe(SessionEnding.Finished);
        Steps.All.ShouldAllBe(s => session.Progress(s).Closing == StepClosing.Done);
        var interviewer = session.Turns.Where(t => t.Turn.Speaker == Speaker.Interviewer).ToArray();
        foreach (var turn in interviewer)
            turn.Turn.Text.Count(c => c == '?').ShouldBe(turn.Kind == TurnKind.Question ? 1 : 0, turn.Turn.Text);
        interviewer.Where(t => t.Kind == TurnKind.Question).Select(t => Phrases.LastParagraph(t.Turn.Text)).Where(q => q != Phrases.GoOn).ShouldBeUnique();
    }

    private static Session Interviewed(string id)
    {
        var gold = Read(Path.Combine(Repository.Root, "tests", "gold", "sessions", id + ".json"));
        var answers = gold.GetProperty("turns").EnumerateArray()
            .Where(t => t.GetProperty("speaker").GetString() == "candidate")
            .ToLookup(t => Steps.Parse(t.GetProperty("step").GetString())!.Value, t => t.GetProperty("text").GetString()!);
        var problem = Content.Problems.Single(p => p.Slug == gold.GetProperty("problem").GetString());
        var session = Session.Empty(Guid.Empty, [RuleBook.Compile(Content.Rubrics[^1], problem)]);
        var settings = SessionSettings.Default with { QuietPeriod = TimeSpan.Zero };
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        Take(new Input.Started(problem.Hash, Levels.Parse(gold.GetProperty("level").GetString())!.Value, SessionMode.Practice, settings));
        Take(new Input.Consented());
        var given = Steps.All.ToDictionary(s => s, s => new Queue<string>(answers[s]));
        for (var i = 0; session.IsOpen && i < 200; i++)
        {
            var next = session.Awaiting == Awaiting.Answer && given[session.Step].TryDequeue(out var answer) ? answer : NothingMore;
            Take(new Input.MessageReceived($"m{i}", next));
        }

        return session;

        void Take(Input input)
        {
            session = Interview.Apply(session, Interview.Decide(session, input, now).Events);
            now = now.AddSeconds(50);
        }
    }

    private static JsonElement Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.Clone();
    }
}
