using BotPlatform.Interviewing.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests.Sessions;

public sealed class WordingProperties
{
    // What a candidate does between two questions; edits would start a new wait.
    private static readonly Gen<Input[]> Session = Gen.Elements<Input>(
        new Input.Skip(), new Input.Hint(), new Input.Back(), new Input.TimeLeft(), new Input.Feedback(),
        Says("For hikers, with recordings per day."), Says("How many recordings?"), Says("And how fast? What do phones cost?"), Says("Hm."),
        Says("We split by site because of wind noise."), Says("Drift & retrain, 12 ms."), Says("We report plain accuracy.")).ArrayOf();

    [Fact]
    public void A_model_that_never_answers_in_time_changes_no_question() => ForAll(Session, inputs =>
    {
        var engine = Told(inputs, Story.AtOnce);

        Told(inputs, Story.AtOnce with { Interviewer = InterviewerMode.Model }).ShouldBe(engine);
    });

    [Fact]
    public void At_most_one_wording_is_awaited_and_only_for_an_answer_that_is_open() => ForAll(Inputs.Session, inputs =>
    {
        foreach (var (before, _, _, decision) in new Run(inputs).Steps)
        {
            var after = Interview.Apply(before, decision.Events);
            decision.Effects.OfType<Effect.RequestWording>().Select(e => e.EventNumber).ShouldBe(after.WordingAskedAt > before.Version ? [after.WordingAskedAt] : []);
            if (after.WordingAskedAt > 0)
                (after.State, after.HasOpenAnswer(), after.Settings.Interviewer).ShouldBe((SessionState.Interviewing, true, InterviewerMode.Model));
        }
    });

    [Fact]
    public void Only_a_session_led_by_a_model_asks_one() => ForAll(Inputs.Session, inputs =>
    {
        var run = new Run(inputs);

        if (run.Session.Settings.Interviewer == InterviewerMode.Engine)
            run.Events.ShouldNotContain(e => e is SessionEvent.WordingRequested || e is SessionEvent.WordingSettled);
    });

    private static Input.MessageReceived Says(string text) => new("", text);

    private static string[] Told(Input[] inputs, SessionSettings settings)
    {
        var story = Story.Begun(settings: settings);
        foreach (var (i, input) in inputs.Index())
        {
            story.When(input is Input.MessageReceived said ? said with { Key = $"m{i}" } : input);
            if (story.Session.WordingAskedAt > 0)
                story.FallsDue(TimerKind.Wording);
        }

        return
        [
            .. story.Log
                .Where(e => e is not (SessionEvent.Started or SessionEvent.WordingRequested or SessionEvent.WordingSettled or SessionEvent.TimerSet))
                .Select(Printed.Short),
        ];
    }

    private static void ForAll<T>(Gen<T> gen, Action<T> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(20));
}
