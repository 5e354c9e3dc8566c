namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Text objects.</summary>
/// <param name="note">Told what Slack would let pass and a careful app would not send.</param>
internal sealed class TextRules(Action<string> note)
{
    public static void Plain(BlockFields parent, string name, int most)
    {
        var text = parent.Object(name);
        text.Allow("type", "text", "emoji");
        text.OneOf("type", "plain_text");
        text.Text("text", most);
        text.Flag("emoji");
    }

    public static void FindPlain(BlockFields parent, string name, int most)
    {
        if (parent.Has(name)) Plain(parent, name, most);
    }

    public void Any(BlockFields parent, string name, int most) => Any(parent.Object(name), most);

    public void Any(BlockFields text, int most)
    {
        if (text.OneOf("type", "plain_text", "mrkdwn") == "plain_text")
        {
            text.Allow("type", "text", "emoji");
            text.Text("text", most);
            text.Flag("emoji");
            return;
        }

        text.Allow("type", "text", "verbatim");
        text.Flag("verbatim");
        if (Mrkdwn.Unescaped(text.Text("text", most)) is { } place) note($"unescaped {place} at {text.Pointer("text")}");
    }
}
