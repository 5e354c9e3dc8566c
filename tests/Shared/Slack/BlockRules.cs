namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Blocks of one surface. A block_id is unique among them, an action_id within its own block.</summary>
internal sealed class BlockRules(Action<string> note)
{
    public const int MostMarkdown = 12_000;

    private readonly TextRules _texts = new(note);
    private readonly HashSet<string> _blockIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _actionIds = new(StringComparer.Ordinal);
    private int _markdown;

    private ElementRules Elements => new(_texts);

    public void Check(BlockFields block)
    {
        _actionIds.Clear();
        switch (block.OneOf("type", "section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown"))
        {
            case "section": Section(block); break;
            case "header":
                block.Allow("type", "block_id", "text");
                TextRules.Plain(block, "text", 150);
                break;
            case "divider":
                block.Allow("type", "block_id");
                break;
            case "context":
                block.Allow("type", "block_id", "elements");
                foreach (var element in block.Objects("elements", 1, 10)) ContextElement(element);
                break;
            case "actions":
                block.Allow("type", "block_id", "elements");
                foreach (var element in block.Objects("elements", 1, 25)) Element(element, ElementRules.InActions);
                break;
            case "input": Input(block); break;
            case "image":
                ElementRules.Image(block, "type", "block_id", "title");
                TextRules.FindPlain(block, "title", 2000);
                break;
            case "rich_text":
                block.Allow("type", "block_id", "elements");
                RichTextRules.Check(block);
                break;
            case "markdown": Markdown(block); break;
        }

        if (block.FindText("block_id", 255) is { } id && !_blockIds.Add(id)) throw block.Wrong("the same block_id twice", "block_id");
    }

    private void Section(BlockFields section)
    {
        section.Allow("type", "block_id", "text", "fields", "accessory", "expand");
        if (!section.Has("text") && !section.Has("fields")) throw section.Wrong("must define either `text` or `fields`");
        if (section.Has("text")) _texts.Any(section, "text", 3000);
        if (section.Has("fields"))
            foreach (var field in section.Objects("fields", 1, 10))
                _texts.Any(field, 2000);
        section.Flag("expand");
        if (section.Has("accessory")) Element(section.Object("accessory"), ElementRules.InSection);
    }

    private void ContextElement(BlockFields element)
    {
        if (element.OneOf("type", "image", "plain_text", "mrkdwn") == "image") ElementRules.Image(element, "type");
        else _texts.Any(element, 2000);
    }

    private void Input(BlockFields input)
    {
        input.Allow("type", "block_id", "label", "element", "dispatch_action", "hint", "optional");
        TextRules.Plain(input, "label", 2000);
        TextRules.FindPlain(input, "hint", 2000);
        input.Flag("optional");
        input.Flag("dispatch_action");
        Element(input.Object("element"), ElementRules.InInput);
    }

    private void Markdown(BlockFields markdown)
    {
        markdown.Allow("type", "block_id", "text");
        _markdown += markdown.Text("text", MostMarkdown).Length;
        if (_markdown > MostMarkdown) throw markdown.Wrong($"all markdown together must be less than {MostMarkdown + 1} characters", "text");
    }

    private void Element(BlockFields element, string[] allowed)
    {
        if (Elements.Check(element, allowed) is { } id && !_actionIds.Add(id))
            throw element.Wrong("the same action_id twice", "action_id");
    }
}
