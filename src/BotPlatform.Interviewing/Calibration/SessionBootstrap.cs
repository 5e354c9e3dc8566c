namespace BotPlatform.Interviewing.Calibration;

/// <summary>From low to high, both included.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>
/// Percentile intervals (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993) that draw whole sessions with
/// replacement. The ten scores of a session go together: drawing single cells would take them for independent and make
/// every interval too narrow.
/// </summary>
public static class SessionBootstrap
{
    public const int Resamples = 2000;

    /// <param name="sessions">How many sessions there are to draw from.</param>
    /// <param name="statistic">The figure for a draw, given as indices of sessions; null where it is undefined.</param>
    /// <param name="seed">The same seed gives the same interval, on every machine.</param>
    /// <returns>The middle 95% of the defined draws. Null below two sessions, since every draw would be the same, and when
    /// the figure is undefined in half of the draws or more, since the rest is then no fair sample.</returns>
    public static Interval? Of(int sessions, Func<IReadOnlyList<int>, double?> statistic, ulong seed, int resamples = Resamples)
    {
        if (sessions < 2)
            return null;
        var random = new SplitMix64(seed);
        var draw = new int[sessions];
        var figures = new List<double>(resamples);
        for (var resample = 0; resample < resamples; resample++)
        {
            for (var i = 0; i < draw.Length; i++)
                draw[i] = random.Below(sessions);
            if (statistic(draw) is { } figure)
                figures.Add(figure);
        }

        if (figures.Count * 2 <= resamples)
            return null;
        figures.Sort();
        return new Interval(Quantile(figures, 0.025), Quantile(figures, 0.975));
    }

    // Hyndman and Fan's type 7: linear between the two nearest.
    private static double Quantile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>
/// Steele, Lea and Flood's SplitMix64 (2014): small, and the same everywhere, which the framework's generator does not
/// promise across versions. For statistics, never for secrets.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 up to but not including <paramref name="bound"/>; its bias is below 2^-32.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);
}
