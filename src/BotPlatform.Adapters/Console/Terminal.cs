using Spectre.Console;

namespace BotPlatform.Adapters.Console;

/// <summary>A person at a keyboard, or a pipe: the same words, with colour and a prompt only for the former.</summary>
public sealed class Terminal(TextReader input, TextWriter output, bool interactive)
{
    private const int WidestText = 96;

    /// <summary>This process's own terminal.</summary>
    public static Terminal OfProcess() => new(
        System.Console.In, System.Console.Out, !System.Console.IsInputRedirected && !System.Console.IsOutputRedirected);

    public bool IsInteractive { get; } = interactive;

    /// <summary>Lets the person pick with the arrow keys; only where <see cref="IsInteractive"/>.</summary>
    public static T Choose<T>(string title, IEnumerable<T> among, Func<T, string> name)
        where T : notnull =>
        AnsiConsole.Prompt(new SelectionPrompt<T>().Title(Markup.Escape(title)).UseConverter(x => Markup.Escape(name(x))).AddChoices(among));

    /// <summary>The next line, without the prompt; null at the end of input.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellation) => await input.ReadLineAsync(cancellation);

    public void Interviewer(string step, string text)
    {
        output.WriteLine();
        if (IsInteractive)
            AnsiConsole.MarkupLineInterpolated($"[bold blue]{step}[/]");
        else
            output.WriteLine($"[{step}]");
        Paragraphs(text);
        if (IsInteractive)
            output.Write("> ");
    }

    /// <summary>What was said at the keyboard is on the screen already; in a pipe it is written out.</summary>
    public void Candidate(string text)
    {
        if (!IsInteractive)
            output.WriteLine($"> {text}");
    }

    public void Line(string text) => output.WriteLine(text);

    private void Paragraphs(string text)
    {
        var width = IsInteractive ? Math.Min(WidestText, AnsiConsole.Profile.Width) : WidestText;
        foreach (var paragraph in text.Split('\n'))
        {
            foreach (var line in Wrapping.Lines(paragraph, width))
                output.WriteLine(line);
            if (paragraph.Trim().Length == 0)
                output.WriteLine();
        }
    }
}
