using System.CommandLine;

namespace BotPlatform.Service.Commands;

/// <summary>Exit codes of every command.</summary>
public static class Exit
{
    public const int Fine = 0;

    /// <summary>The work was understood and failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input; nothing was done.</summary>
    public const int BadInput = 2;
}

/// <summary>Runs a command line: what is wrong with it is one line on standard error, and exit code 2.</summary>
public static class Invocation
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + " (--help shows how)");
            return Exit.BadInput;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    public static int Refuse(string line)
    {
        Console.Error.WriteLine(line.ReplaceLineEndings(" "));
        return Exit.BadInput;
    }

    public static int Fail(string line)
    {
        Console.Error.WriteLine(line.ReplaceLineEndings(" "));
        return Exit.Failed;
    }
}
