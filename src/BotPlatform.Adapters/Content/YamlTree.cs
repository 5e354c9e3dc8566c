using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BotPlatform.Adapters.Content;

/// <summary>
/// Reads one YAML document of texts, lists and keys with values. Anchors, aliases and tags are refused: content
/// needs none of them, and without them a small file cannot grow into a large one.
/// </summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 20;

    private readonly Scanner scanner;
    private readonly Parser parser;
    private readonly ErrorSink errors;

    private YamlTree(string text, ErrorSink errors)
    {
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
        this.errors = errors;
    }

    /// <summary>Null, with an error, when the text is not such a document.</summary>
    public static YamlNode? Read(string text, ErrorSink errors)
    {
        if (IndentingTab(text) is { } line)
        {
            errors.Add(line, "expected spaces for indentation, found a tab");
            return null;
        }

        var tree = new YamlTree(text, errors);
        try
        {
            return tree.Document();
        }
        catch (Refusal refusal)
        {
            errors.Add(refusal.Line, refusal.Message);
        }
        catch (YamlException broken)
        {
            errors.Add((int)broken.Start.Line, $"expected YAML, found a mistake in its form: {broken.Message}");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's own scanner throws it, without a place, for a key over several lines after a bracket left open.
            errors.Add(
                (int)tree.scanner.CurrentPosition.Line,
                "expected YAML, found a mistake in its form: a bracket is left open before this line, or a key has several lines");
        }

        return null;
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            errors.Add(1, "expected keys with values, found an empty file");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
            throw new Refusal(Line(parser.Current!), "expected one document, found the start of a second one");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (parser.Accept<AnchorAlias>(out var alias))
            throw new Refusal(Line(alias), $"expected no aliases, found {Shown.Quote("*" + alias.Value)}");
        if (parser.Accept<NodeEvent>(out var node))
            RefuseExtras(node);
        if (depth > DeepestNesting)
            throw new Refusal(Line(parser.Current!), $"expected at most {DeepestNesting} levels of nesting, found more");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar));
        return parser.Accept<SequenceStart>(out _) ? List(depth) : Map(depth);
    }

    private YamlList List(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlList(items.ToImmutable(), Line(start));
    }

    private YamlMap Map(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlText name)
                throw new Refusal(key.Line, $"expected text as a key, found {key.Found}");
            if (lines.TryAdd(name.Value, name.Line))
                entries.Add(new YamlEntry(name.Value, name.Line, value));
            else
                errors.Add(name.Line, $"expected each key once, found {Shown.Quote(name.Value)} again (first on line {lines[name.Value]})");
        }

        return new YamlMap(entries.ToImmutable(), Line(start));
    }

    private static void RefuseExtras(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            throw new Refusal(Line(node), $"expected no anchors, found {Shown.Quote("&" + node.Anchor.Value)}");
        if (!node.Tag.IsEmpty)
            throw new Refusal(Line(node), $"expected no tags, found {Shown.Quote(node.Tag.Value)}");
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int? IndentingTab(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..^line.TrimStart().Length];
            if (indentation.Contains('\t') && indentation.Length < line.Length)
                return number;
        }

        return null;
    }

    /// <summary>Ends the reading from any depth; never leaves this class.</summary>
    private sealed class Refusal(int line, string message) : Exception(message)
    {
        public int Line { get; } = line;
    }
}
