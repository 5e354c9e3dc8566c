using System.Globalization;
using System.Text.RegularExpressions;

namespace BotPlatform.Service.Slack.Views;

/// <summary>What a button is about. It comes back from whoever can reach us: reading it says nothing on what they may do.</summary>
/// <param name="Turn">The turn that the button stood below; 0 where it is about the session as a whole.</param>
/// <param name="Criterion">A criterion's id, for evidence.</param>
public sealed partial record ButtonValue(Guid Session, int Turn = 0, string? Criterion = null)
{
    private const int Longest = 120;

    public string Write() => $"{Session:D}/{Turn.ToString(CultureInfo.InvariantCulture)}{(Criterion is null ? "" : "/" + Criterion)}";

    /// <summary>Null for anything but what <see cref="Write"/> makes.</summary>
    public static ButtonValue? TryParse(string? written)
    {
        if (written is null or { Length: > Longest } || Shape().Match(written) is not { Success: true } parts)
            return null;
        if (!int.TryParse(parts.Groups["turn"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var turn))
            return null;
        var criterion = parts.Groups["criterion"];
        return new ButtonValue(Guid.ParseExact(parts.Groups["session"].ValueSpan, "D"), turn, criterion.Success ? criterion.Value : null);
    }

    [GeneratedRegex(
        @"\A(?<session>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?<turn>0|[1-9][0-9]{0,9})(/(?<criterion>[a-z0-9_-]{1,64}))?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
