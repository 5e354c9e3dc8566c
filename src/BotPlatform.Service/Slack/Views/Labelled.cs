using System.Text.Json.Nodes;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack.Views;

/// <summary>A short heading of ours with a text of any origin and length below it.</summary>
internal static class Labelled
{
    private const int LongestLabel = 150;

    // Leaves room for the label in the first block.
    private const int Piece = Limits.RichText - LongestLabel - 50;

    public static IEnumerable<JsonObject> Blocks(string label, string text)
    {
        var pieces = Splitting.Pieces(text, Piece);
        if (pieces.Count == 0)
            return [];
        return pieces.Select((piece, i) => i == 0
            ? RichText.Of(RichText.Section(RichText.Bold(Label(label)), RichText.Text("\n" + piece)))
            : RichText.Of(RichText.Section(RichText.Text(piece))));
    }

    /// <summary>The same as a quotation.</summary>
    public static IEnumerable<JsonObject> Quotes(string label, string text) => Splitting.Pieces(text, Piece).Select((piece, i) =>
        RichText.Of(
            RichText.Section(RichText.Bold(i == 0 ? Label(label) : $"{Label(label)}, continued")),
            RichText.Quote(RichText.Text(piece))));

    private static string Label(string label) => Splitting.Shortened(label, LongestLabel);
}
