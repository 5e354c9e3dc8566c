using System.CommandLine;
using System.Text;
using BotPlatform.Service.Commands;

namespace BotPlatform.Service.Tests.Commands;

/// <summary>What a command left behind.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    /// <summary>The one line on standard error, without anything on standard output.</summary>
    public string OnlyLine => Out.Length == 0 && Error.TrimEnd('\n').Split('\n') is [var line] ? line : throw new InvalidOperationException($"not one line alone: {this}");
}

/// <summary>Commands in this process, each with a console of its own, so that tests may run side by side.</summary>
internal static class CommandLine
{
    private static readonly AsyncLocal<(StringWriter Out, StringWriter Error)?> s_console = new();

    static CommandLine()
    {
        Console.SetOut(new Redirected(Console.Out, console => console.Out));
        Console.SetError(new Redirected(Console.Error, console => console.Error));
    }

    public static async Task<Ran> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        s_console.Value = (output, error);
        var root = new RootCommand
        {
            ScoreCommand.Create(), CalibrateCommand.Create(), ReplayCommand.Create(), RescoreCommand.Create(), ModelsCommand.Create(), OutboxCommand.Create(),
        };
        var exitCode = await Invocation.RunAsync(root, arguments);
        return new Ran(exitCode, output.ToString(), error.ToString());
    }

    private sealed class Redirected(TextWriter otherwise, Func<(StringWriter Out, StringWriter Error), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => otherwise.Encoding;

        private TextWriter Target => s_console.Value is { } console ? choose(console) : otherwise;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void WriteLine(string? value) => Target.WriteLine(value);
    }
}
