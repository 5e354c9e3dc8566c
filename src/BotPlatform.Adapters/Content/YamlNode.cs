using System.Collections.Immutable;

namespace BotPlatform.Adapters.Content;

/// <summary>The plain part of YAML that content files use, each part with its line.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>What it is, for "expected …, found …".</summary>
    public abstract string Found { get; }
}

/// <param name="Plain">Written without quotes, so that it may be a number, a truth value or nothing.</param>
internal sealed record YamlText(string Value, bool Plain, int Line) : YamlNode(Line)
{
    public bool IsNothing => Plain && Value is "" or "~" or "null";

    public override string Found => IsNothing ? "nothing" : Shown.Quote(Value);
}

internal sealed record YamlList(ImmutableArray<YamlNode> Items, int Line) : YamlNode(Line)
{
    public override string Found => "a list";
}

internal sealed record YamlMap(ImmutableArray<YamlEntry> Entries, int Line) : YamlNode(Line)
{
    public override string Found => "keys with values";
}

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
