namespace BotPlatform.Tests.Shared.Models;

/// <summary>The shape of the tools that a request to Anthropic offers; what they take is not looked at.</summary>
internal static class AnthropicTools
{
    public static void Check(JsonFields fields, IWording wording)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (fields.Has("tools"))
            foreach (var tool in fields.Objects("tools"))
            {
                tool.Allow("name", "description", "input_schema", "type", "strict", "cache_control");
                if (!names.Add(tool.NeedText("name"))) throw new RefusedException(400, "tools: Tool names must be unique.");
                tool.NeedObject("input_schema").OneOf("type", "object");
            }

        if (fields.FindObject("tool_choice") is not { } choice) return;
        if (names.Count == 0) throw new RefusedException(400, "tool_choice: may only be specified while providing tools");
        choice.Allow("type", "name", "disable_parallel_tool_use");
        if (choice.OneOf("type", "auto", "any", "tool", "none") == "tool" && !names.Contains(choice.NeedText("name")))
            throw wording.Wrong(choice.Path("name"), "the name of a tool");
    }
}
