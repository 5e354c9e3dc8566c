using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Practice belongs to the candidate; an assessed session says so before the first question.</summary>
public enum SessionMode
{
    Practice,
    Assessed,
}

/// <summary>Who scores: the rules alone, or a language model together with them. Never mixed in one comparison.</summary>
public enum GraderMode
{
    Rules,
    Model,
}

/// <summary>Who words the follow-ups. What is asked about is decided by the engine either way.</summary>
public enum InterviewerMode
{
    Engine,
    Model,
}

/// <summary>The configuration a session was started with; it is pinned in its first event.</summary>
/// <param name="QuietPeriod">Silence after which several messages are taken as one answer; zero answers at once.</param>
/// <param name="IdleAfter">Silence after which the clock stops by itself.</param>
/// <param name="ExpireAfter">How long a paused session waits for its candidate.</param>
/// <param name="Budget">Active time for the whole interview, before the accommodation.</param>
/// <param name="Accommodation">Factor on the budget, 1 or more.</param>
/// <param name="ProbePool">Probes for the whole session.</param>
/// <param name="ProbesPerStep">Probes in one step at most.</param>
/// <param name="GraderPrompt">Hash of the instructions for a grader's model; null where rules score.</param>
/// <param name="InterviewerPrompt">Hash of the instructions for an interviewer's model.</param>
/// <param name="SentTo">Whose language model the candidate's text goes to, as candidates are told; null where it goes to none.</param>
public sealed record SessionSettings(
    TimeSpan QuietPeriod,
    TimeSpan IdleAfter,
    TimeSpan ExpireAfter,
    TimeSpan Budget,
    double Accommodation = 1,
    int ProbePool = 14,
    int ProbesPerStep = 5,
    GraderMode Grader = GraderMode.Rules,
    InterviewerMode Interviewer = InterviewerMode.Engine,
    string? GraderPrompt = null,
    string? InterviewerPrompt = null,
    string? SentTo = null)
{
    /// <summary>How long a model has for its wording before the engine's own goes out.</summary>
    public static readonly TimeSpan WordingWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a grade takes before the candidate is told that it takes longer.</summary>
    public static readonly TimeSpan GradeWait = TimeSpan.FromMinutes(2);

    public static readonly SessionSettings Default = new(
        QuietPeriod: TimeSpan.FromSeconds(4),
        IdleAfter: TimeSpan.FromMinutes(8),
        ExpireAfter: TimeSpan.FromDays(14),
        Budget: TimeSpan.FromMinutes(60));

    // What is left over when a step runs short is there for the later ones.
    private static readonly double[] CumulativeShares = [0.15, 0.27, 0.43, 0.61, 0.75, 0.89, 1.0];

    /// <summary>The active time granted to the candidate.</summary>
    public TimeSpan TimeAllowed => Budget * Accommodation;

    /// <summary>Active time by which the step should be done; from then on it is asked no further probe.</summary>
    public TimeSpan DoneBy(Step step) => TimeAllowed * CumulativeShares[(int)step];
}
