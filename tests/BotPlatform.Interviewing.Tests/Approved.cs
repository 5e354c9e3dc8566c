using Shouldly;

namespace BotPlatform.Interviewing.Tests;

/// <summary>
/// Compares a text with the approved file of its name. One that differs is written beside it as
/// <c>.received.txt</c>: read it, and if it is what is wanted, it takes the approved file's place.
/// </summary>
internal static class Approved
{
    public static void Match(string name, string received)
    {
        var approved = Path.Combine(Folder(), name + ".txt");
        var beside = Path.Combine(Folder(), name + ".received.txt");
        var wanted = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (received != wanted)
            File.WriteAllText(beside, received);
        else
            File.Delete(beside);
        received.ShouldBe(wanted, $"compare Approved/{name}.txt with Approved/{name}.received.txt");
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BotPlatform.Interviewing.Tests.csproj")))
            folder = folder.Parent!;
        return Directory.CreateDirectory(Path.Combine(folder.FullName, "Approved")).FullName;
    }
}
