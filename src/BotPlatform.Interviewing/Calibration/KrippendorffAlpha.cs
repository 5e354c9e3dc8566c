namespace BotPlatform.Interviewing.Calibration;

/// <summary>What the values are to Krippendorff's alpha.</summary>
public enum Measurement
{
    /// <summary>Names without an order.</summary>
    Nominal,

    /// <summary>Ranks: two values lie as far apart as there are ratings between them.</summary>
    Ordinal,

    /// <summary>Numbers whose differences mean the same everywhere.</summary>
    Interval,
}

/// <summary>
/// Krippendorff's alpha: agreement among any number of raters, missing ratings allowed; 1 is perfect, 0 is chance,
/// below 0 is systematic disagreement. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), by the
/// pairable values of each unit. A unit with one rating says nothing about agreement and is left out.
/// <para>Null: fewer than two units that two raters share (one rater only, no overlap, a single unit), or all pairable
/// values equal, where alpha is 0/0: without variation nothing can be told apart from chance.</para>
/// </summary>
public static class KrippendorffAlpha
{
    /// <param name="units">Rows are units, columns raters; null is missing.</param>
    /// <returns>At most 1, or null by the rule above.</returns>
    public static double? Of(IEnumerable<IReadOnlyList<int?>> units, Measurement measurement)
    {
        var pairable = units.Select(u => u.OfType<int>().ToArray()).Where(u => u.Length > 1).ToArray();
        if (pairable.Length < 2)
            return null;
        var values = pairable.SelectMany(u => u).CountBy(v => v).OrderBy(c => c.Key).ToArray();
        var at = values.Select((c, i) => (c.Key, i)).ToDictionary(p => p.Key, p => p.i);
        var distances = Distances(values, measurement);
        double all = values.Sum(c => c.Value);

        double observed = 0, expected = 0;
        foreach (var unit in pairable)
        {
            double within = 0;
            foreach (var a in unit)
                foreach (var b in unit)
                    within += distances[at[a], at[b]];
            observed += within / (unit.Length - 1);
        }

        for (var a = 0; a < values.Length; a++)
            for (var b = 0; b < values.Length; b++)
                expected += (double)values[a].Value * values[b].Value * distances[a, b];
        return expected == 0 ? null : 1 - ((all - 1) * observed / expected);
    }

    private static double[,] Distances(KeyValuePair<int, int>[] values, Measurement measurement)
    {
        var distances = new double[values.Length, values.Length];
        for (var a = 0; a < values.Length; a++)
        {
            for (var b = a + 1; b < values.Length; b++)
            {
                var distance = measurement switch
                {
                    Measurement.Nominal => 1,
                    Measurement.Ordinal => values[a..(b + 1)].Sum(c => c.Value) - ((values[a].Value + values[b].Value) / 2.0),
                    _ => (double)values[b].Key - values[a].Key,
                };
                distances[a, b] = distances[b, a] = distance * distance;
            }
        }

        return distances;
    }
}
