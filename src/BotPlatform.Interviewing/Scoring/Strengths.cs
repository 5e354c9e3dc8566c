namespace BotPlatform.Interviewing.Scoring;

/// <summary>
/// How strongly a step was answered, as one number on the scale of the values. The weights were fitted once on gold
/// sessions, for all criteria, levels and problems alike, and rounded.
/// </summary>
internal static class Strengths
{
    /// <summary>From here on the value is 2.</summary>
    public const double PartlyShown = 1.95;

    public static double Of(StepSubstance s) =>
        1.4
        - (0.14 * s.Level)
        + (0.12 * s.Said)
        + (0.12 * s.Contrasts)
        + (0.07 * s.Kinds)
        + (0.06 * s.Figures)
        + (0.50 * s.Expected)
        + (0.65 * s.Above)
        + (0.08 * s.Least)
        + (0.23 * s.Average)
        - (0.20 * s.Dismissed)
        - (0.08 * s.Unanswered)
        - (1.2 * s.Listed)
        - (0.42 * s.Errors);

    /// <summary>The value of a step's criterion. An answer is seldom just at the bar: the band of 3 is narrow.</summary>
    public static int Value(double strength) => Value(strength, PartlyShown, 2.65, 3.0);

    /// <summary>1 to 4, by the lowest strength for 2, for 3 and for 4.</summary>
    public static int Value(double strength, double two, double three, double four) =>
        strength >= four ? 4 : strength >= three ? 3 : strength >= two ? 2 : 1;
}
