using System.Globalization;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Slack.Views;

/// <summary>Scores in signs and words, without colour and without words of hiring.</summary>
internal static class ScoreWords
{
    /// <summary>Four marks, so many of them full; dashes where there is no score, which is not the same as a low one.</summary>
    public static string Bar(int? value) => value is { } points
        ? new string('●', points) + new string('○', PageWords.Most - points)
        : "– – – –";

    /// <param name="why">Also why there is no score, where there is none.</param>
    public static string Line(ScoredCriterion criterion, bool why) => criterion.Value is { } value
        ? $"{Bar(value)}  {value} of {PageWords.Most}, {criterion.Said}"
        : $"{Bar(null)}  {(why ? criterion.Said : criterion.Short)}";

    public static string Mean(double? mean) => mean is { } value
        ? $"{value.ToString("0.0", CultureInfo.InvariantCulture)} of {PageWords.Most}, the bar is {PageWords.Bar}"
        : "nothing was scored";
}
