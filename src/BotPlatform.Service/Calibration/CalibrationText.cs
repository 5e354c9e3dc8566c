using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BotPlatform.Adapters.Console;
using BotPlatform.Interviewing;
using BotPlatform.Interviewing.Calibration;

namespace BotPlatform.Service.Calibration;

/// <summary>A calibration report for the terminal: plain aligned tables that also read well in a pipe.</summary>
public static class CalibrationText
{
    private const int Width = 96;
    private const int NameWidth = 30;
    private const int HeadingWidth = NameWidth + 2;

    /// <param name="scorer">Who the scores called ours are by.</param>
    /// <param name="grader">Null where rules scored alone.</param>
    public static string Write(CalibrationReport report, GraderReport? grader, string scorer)
    {
        var text = new StringBuilder();
        text.AppendLine($"Calibration: {Words.Counted(report.Sessions, "session")}, {Words.Counted(report.Raters, "rater")}; ours: {scorer}");
        Among(text, report.RatersAgreement);
        Beside(text, report);
        Recommendations(text, report.Recommendation);
        if (grader is not null)
            Repeated(text, grader);
        Slices(text, "By criterion", report.Criteria);
        Slices(text, "By level", report.Levels);
        Slices(text, "By problem", report.Problems);
        Confusion(text, report.Confusion);
        Largest(text, report.Largest);
        text.AppendLine().AppendLine("-: undefined: nothing to compare, or all values equal, so that chance cannot be told apart.");
        return text.ToString();
    }

    private static void Among(StringBuilder text, RatersAgreement raters)
    {
        Heading(text, "Agreement among the raters", $"{"",8}  {"95% interval",16}");
        Row(text, "Krippendorff's alpha, ordinal", Figure(raters.KrippendorffOrdinal), Range(raters.KrippendorffOrdinalInterval));
        Row(text, "Krippendorff's alpha, nominal", Figure(raters.KrippendorffNominal));
        Row(text, "Gwet's AC1", Figure(raters.GwetAc1));
        Row(text, "Gwet's AC2, quadratic", Figure(raters.GwetAc2Quadratic));
        Row(text, "Mean pairwise quadratic kappa", Figure(raters.MeanPairwiseQwk));
    }

    private static void Repeated(StringBuilder text, GraderReport grader)
    {
        Heading(text, "The models' samples", $"{"",8}");
        Row(text, "Krippendorff's alpha, ordinal", Figure(grader.Repeatability.KrippendorffOrdinal));
        Row(text, "All samples equal", Figure(grader.Repeatability.Exact));
        Row(text, "Mean spread in points", Figure(grader.Repeatability.MeanSpread));
        Row(text, "Samples that did not hold", Figure(grader.Repeatability.Lost));
        Row(text, "Scores for a person to review", $"{grader.ForReview}");
        Row(text, "Tokens a session, in and out", $"{grader.InputTokens:0} + {grader.OutputTokens:0}");
        Row(text, "Cost a session", grader.Cost is { } cost ? $"${cost:0.0000}" : "not every model has a price");
    }

    private static void Beside(StringBuilder text, CalibrationReport report)
    {
        var (ours, halo) = (report.Pooled, report.Halo);
        Heading(text, "Beside the raters' median", $"{"ours",8}  {"95% interval",16}  {"halo",8}");
        Row(text, "Quadratic kappa", Figure(ours.Qwk), Range(report.QwkInterval), Figure(halo.Qwk));
        Row(text, "Session-centred agreement", Figure(ours.Centred), Range(report.CentredInterval), Figure(halo.Centred));
        Row(text, "Exact agreement", Percent(ours.Exact), "", Percent(halo.Exact));
        Row(text, "Within one point", Percent(ours.Adjacent), "", Percent(halo.Adjacent));
        Row(text, "Bias, ours - raters", Signed(ours.Bias), "", Signed(halo.Bias));
        Row(text, "Sensitivity at 2|3", Percent(ours.Sensitivity), "", Percent(halo.Sensitivity));
        Row(text, "Specificity at 2|3", Percent(ours.Specificity), "", Percent(halo.Specificity));
        Row(text, "Scored by both", $"{ours.Count}", "", $"{halo.Count}");
        Row(text, "Null: ours, not the raters'", $"{ours.OursNull}", "", $"{halo.OursNull}");
        Row(text, "Null: the raters', not ours", $"{ours.TheirsNull}", "", $"{halo.TheirsNull}");
        Row(text, "Coverage", Percent(ours.Coverage), "", Percent(halo.Coverage));
        Indented(text, "The halo baseline gives the raters' own recommendation to every criterion. Its kappa comes without "
            + "looking at one criterion; only session-centred agreement shows that ours does look.");
    }

    private static void Recommendations(StringBuilder text, RecommendationAgreement recommendation)
    {
        Heading(text, "Recommendation", $"{"ours",8}");
        Row(text, "Quadratic kappa", Figure(recommendation.Qwk));
        Row(text, "Sensitivity at no|yes", Percent(recommendation.Sensitivity));
        Row(text, "Specificity at no|yes", Percent(recommendation.Specificity));
        Row(text, "Given by both", $"{recommendation.Count}");
        Row(text, "Insufficient evidence, ours", $"{recommendation.OursNull}");
        Row(text, "None by the raters", $"{recommendation.TheirsNull}");
        Row(text, "On the wrong side of no|yes", $"{recommendation.WrongSide.Length}");
        foreach (var wrong in recommendation.WrongSide)
            text.AppendLine($"    {wrong.Session}: ours {Spoken(wrong.Ours)}, raters {Spoken(wrong.Theirs)}");
    }

    private static void Slices(StringBuilder text, string heading, ImmutableArray<Slice> slices)
    {
        Heading(text, heading, $"{"kappa",8}{"exact",8}{"within 1",10}{"bias",8}{"n",6}{"ours null",10}{"raters null",12}");
        foreach (var (name, at) in slices)
        {
            var figures = at.IsTooFew
                ? $"{"too few",8}{"",26}"
                : $"{Figure(at.Qwk),8}{Percent(at.Exact),8}{Percent(at.Adjacent),10}{Signed(at.Bias),8}";
            text.AppendLine($"  {name,-NameWidth}  {figures}{at.Count,6}{at.OursNull,10}{at.TheirsNull,12}");
        }
    }

    private static void Confusion(StringBuilder text, ImmutableDictionary<ScorePair, int> confusion)
    {
        var values = Enumerable.Range(Scale.Scores.Lowest, Scale.Scores.Categories).ToArray();
        Heading(text, "Raters down, ours across", string.Concat(values.Select(ours => $"{ours,8}")));
        foreach (var theirs in values)
            text.AppendLine($"  {theirs,NameWidth}  " + string.Concat(values.Select(ours => $"{confusion.GetValueOrDefault(new(ours, theirs)),8}")));
    }

    private static void Largest(StringBuilder text, ImmutableArray<Disagreement> largest)
    {
        text.AppendLine().AppendLine(largest.IsEmpty ? "No disagreement" : "Largest disagreements");
        foreach (var at in largest)
        {
            var each = string.Join(' ', at.Raters.Select(r => r is { } value ? $"{value}" : "-"));
            text.AppendLine($"  {at.Session} {at.Criterion}: ours {at.Ours}, raters {at.Theirs} ({each})");
            Indented(text, "Ours: " + at.OurWhy);
            Indented(text, "Raters: " + at.TheirWhy);
        }
    }

    private static void Heading(StringBuilder text, string heading, string columns) =>
        text.AppendLine().AppendLine($"{heading,-HeadingWidth}  {columns}".TrimEnd());

    private static void Row(StringBuilder text, string name, string figure, string range = "", string halo = "") =>
        text.AppendLine($"  {name,-NameWidth}  {figure,8}  {range,16}  {halo,8}".TrimEnd());

    private static void Indented(StringBuilder text, string line)
    {
        var plain = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
        foreach (var part in Wrapping.Lines(plain, Width - 4))
            text.Append("    ").AppendLine(part);
    }

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? value) => value is { } share ? $"{share * 100:0}%" : "-";

    private static string Signed(double? value) => value?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Range(Interval? interval) => interval is { } at ? $"{at.Low:0.000} to {at.High:0.000}" : "-";

    private static string Spoken<T>(T value)
        where T : struct, Enum => Words.Name(value).Replace('_', ' ');
}
