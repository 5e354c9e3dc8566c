namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// How strongly a step was answered, as one number on the scale of the values. The weights were fitted once on gold
/// sessions, for all criteria, levels and problems alike, and rounded.
/// </summary>
internal static class Strengths
{
    public static double Of(StepSubstance s) =>
        1.0
        - (0.15 * s.Level)
        + (0.10 * s.Said)
        + (0.15 * s.Contrasts)
        + (0.12 * s.Kinds)
        + (0.15 * s.Figures)
        + (0.35 * s.Expected)
        + (0.75 * s.Above)
        + (0.06 * s.Least)
        + (0.25 * s.Average)
        - (0.10 * s.Vague)
        - (0.25 * s.Dismissed)
        - (0.08 * s.Unanswered)
        - (0.8 * s.Listed)
        - (0.5 * s.Errors);

    /// <summary>The scale point of a strength.</summary>
    public static int Value(double strength) => strength switch
    {
        < 1.6 => 1,
        < 2.5 => 2,
        < 3.35 => 3,
        _ => 4,
    };
}
