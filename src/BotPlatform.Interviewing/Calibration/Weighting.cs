namespace BotPlatform.Interviewing.Calibration;

/// <summary>How much worse a wide disagreement is than a narrow one.</summary>
public enum Weighting
{
    /// <summary>Any two different values disagree fully.</summary>
    Unweighted,

    /// <summary>In proportion to the distance.</summary>
    Linear,

    /// <summary>In proportion to the squared distance.</summary>
    Quadratic,
}

/// <summary>The values a rater may give: whole numbers from lowest to highest, both included.</summary>
public readonly record struct Scale(int Lowest, int Highest)
{
    /// <summary>1 to 4, as every criterion and the four recommendations are scored.</summary>
    public static readonly Scale Scores = new(1, 4);

    public int Categories => Highest - Lowest + 1;
}

/// <summary>One unit as two raters saw it.</summary>
public readonly record struct ScorePair(int Ours, int Theirs);

internal static class Weightings
{
    /// <summary>0 for equal values; not scaled, because every coefficient here divides by another sum of these.</summary>
    public static double Disagreement(this Weighting weighting, int a, int b)
    {
        var distance = Math.Abs((double)a - b);
        return weighting switch
        {
            Weighting.Unweighted => distance == 0 ? 0 : 1,
            Weighting.Linear => distance,
            _ => distance * distance,
        };
    }
}
