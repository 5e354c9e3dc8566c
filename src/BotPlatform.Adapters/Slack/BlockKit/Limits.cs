namespace BotPlatform.Adapters.Slack.BlockKit;

/// <summary>What Slack takes, in UTF-16 code units, which are never fewer than the characters that it counts.</summary>
public static class Limits
{
    public const int BlocksInMessage = 50;
    public const int BlocksInView = 100;

    /// <summary>Over all blocks of a message. Slack refuses from about 13,200 on and documents no number.</summary>
    public const int CharactersInMessage = 12_000;

    /// <summary>
    /// Over all blocks of a view. Slack refuses views above 250,000 bytes of JSON, in which a character outside ASCII
    /// can take six.
    /// </summary>
    public const int CharactersInView = 30_000;

    /// <summary>The text beside the blocks.</summary>
    public const int MessageText = 40_000;

    public const int Section = 3_000;

    /// <summary>Not documented for rich text; held to what a section takes.</summary>
    public const int RichText = 3_000;

    public const int Header = 150;
    public const int ContextElements = 10;
    public const int ContextText = 2_000;
    public const int ActionElements = 25;
    public const int ButtonText = 75;
    public const int ButtonValue = 2_000;
    public const int Url = 3_000;

    /// <summary>Of <c>action_id</c>, <c>block_id</c> and <c>callback_id</c>.</summary>
    public const int Id = 255;

    public const int Options = 100;

    /// <summary>Radio buttons and checkboxes.</summary>
    public const int Choices = 10;

    /// <summary>An option's text, description and value.</summary>
    public const int OptionText = 75;

    public const int Placeholder = 150;
    public const int InputLabel = 2_000;
    public const int InputHint = 2_000;
    public const int ViewTitle = 24;
    public const int ViewButton = 24;
    public const int PrivateMetadata = 3_000;
    public const int ConfirmTitle = 100;
    public const int ConfirmText = 300;
    public const int ConfirmButton = 30;

    /// <summary>An id or a value: cut short it would mean something else, so a longer one is a mistake of ours.</summary>
    internal static string Within(string text, int most, string what) =>
        text.Length <= most ? text : throw new ArgumentException($"{what} takes {most} characters, not {text.Length}.", what);

    internal static IReadOnlyList<T> Within<T>(IReadOnlyList<T> items, int most, string what) =>
        items.Count >= 1 && items.Count <= most
            ? items
            : throw new ArgumentException($"{what} takes 1 to {most}, not {items.Count}.", what);
}
