namespace BotPlatform.Tests.Shared.Slack;

/// <summary>The structure that Slack makes of what people type, and that an app may send as well.</summary>
internal static class RichTextRules
{
    public static void Check(BlockFields block)
    {
        foreach (var element in block.Objects("elements", 0, int.MaxValue))
        {
            switch (element.OneOf("type", "rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"))
            {
                case "rich_text_list":
                    element.Allow("type", "elements", "style", "indent", "offset", "border");
                    element.OneOf("style", "bullet", "ordered");
                    foreach (var item in element.Objects("elements", 1, int.MaxValue))
                    {
                        item.OneOf("type", "rich_text_section");
                        Section(item);
                    }

                    break;
                default:
                    Section(element);
                    break;
            }
        }
    }

    private static void Section(BlockFields section)
    {
        section.Allow("type", "elements", "border", "language");
        foreach (var run in section.Objects("elements", 0, int.MaxValue)) Run(run);
    }

    private static void Run(BlockFields run)
    {
        switch (run.OneOf("type", "text", "link", "emoji", "user", "channel", "usergroup", "broadcast", "date"))
        {
            case "text":
                run.Allow("type", "text", "style");
                run.Text("text", int.MaxValue);
                break;
            case "link":
                run.Allow("type", "url", "text", "unsafe", "style");
                run.Text("url", 3000);
                break;
            case "emoji":
                run.Allow("type", "name", "unicode", "style", "skin_tone");
                run.Text("name", int.MaxValue);
                break;
            case "user":
                run.Allow("type", "user_id", "style");
                run.Text("user_id", 255);
                break;
            case "channel":
                run.Allow("type", "channel_id", "style");
                run.Text("channel_id", 255);
                break;
            case "usergroup":
                run.Allow("type", "usergroup_id", "style");
                run.Text("usergroup_id", 255);
                break;
            case "broadcast":
                run.Allow("type", "range", "style");
                run.OneOf("range", "here", "channel", "everyone");
                break;
            case "date":
                run.Allow("type", "timestamp", "format", "url", "fallback", "style");
                run.Text("format", 3000);
                break;
        }

        if (!run.Has("style")) return;
        var style = run.Object("style");
        style.Allow("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink");
    }
}
