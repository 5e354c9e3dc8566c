using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests;

/// <summary>The map in <c>src/ARCHITECTURE.md</c>, held to: who may know whom, and what nobody may use.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly DirectoryInfo Src = FindSrc();

    [Fact]
    public void References_run_from_the_service_to_the_adapters_to_the_core_and_never_back()
    {
        References("BotPlatform.Interviewing").ShouldBeEmpty();
        References("BotPlatform.Adapters").ShouldBe(["BotPlatform.Interviewing"]);
        References("BotPlatform.Service").ShouldBeSubsetOf(["BotPlatform.Adapters", "BotPlatform.Interviewing"]);
        Src.GetDirectories().Select(d => d.Name).Where(n => n.StartsWith("BotPlatform.", StringComparison.Ordinal))
            .ShouldBe(["BotPlatform.Interviewing", "BotPlatform.Adapters", "BotPlatform.Service"], ignoreOrder: true);
    }

    [Fact]
    public void The_core_stands_on_no_package() => Elements("BotPlatform.Interviewing", "PackageReference").ShouldBeEmpty();

    [Fact]
    public void Every_package_for_all_projects_is_an_analyzer_that_stays_private() =>
        XDocument.Load(Path.Combine(Src.Parent!.FullName, "Directory.Build.props")).Descendants("PackageReference")
            .ShouldAllBe(p => (string?)p.Attribute("PrivateAssets") == "all");

    [Fact]
    public void Adapter_folders_do_not_know_each_other()
    {
        var strangers =
            from file in Sources("BotPlatform.Adapters")
            let folder = FolderOf(file)
            from Match named in AdapterNamespace().Matches(File.ReadAllText(file))
            where named.Groups["name"].Value != folder
            select $"{Path.GetRelativePath(Src.FullName, file)} names {named.Value}";

        strangers.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_has_the_namespace_of_its_folder()
    {
        var misplaced =
            from file in Sources("BotPlatform.Interviewing").Concat(Sources("BotPlatform.Adapters"))
            let expected = Path.GetRelativePath(Src.FullName, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            let declared = Declared().Match(File.ReadAllText(file)).Groups["name"].Value
            where declared != expected
            select $"{Path.GetRelativePath(Src.FullName, file)} declares {declared}";

        misplaced.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Guid.NewGuid")]
    [InlineData("Guid.CreateVersion7()")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("Random.Shared")]
    [InlineData("new Random()")]
    public void Time_ids_and_chance_are_injected(string banned) => Sources("")
        .Where(file => File.ReadAllText(file).Contains(banned, StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Src.FullName, file))
        .ShouldBeEmpty();

    private static string[] References(string project) =>
        [.. Elements(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))];

    private static IEnumerable<XElement> Elements(string project, string name) =>
        XDocument.Load(Path.Combine(Src.FullName, project, project + ".csproj")).Descendants(name);

    private static IEnumerable<string> Sources(string project) =>
        new[] { "*.cs", "*.cshtml" }
            .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Src.FullName, project), kind, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Src.FullName, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    // src/BotPlatform.Adapters/Postgres/Inbox.cs: Postgres
    private static string FolderOf(string file) => Path.GetRelativePath(Src.FullName, file).Split(Path.DirectorySeparatorChar)[1];

    private static DirectoryInfo FindSrc()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BotPlatform.sln")))
            folder = folder.Parent!;
        return new DirectoryInfo(Path.Combine(folder.FullName, "src"));
    }

    [GeneratedRegex(@"\bAdapters\.(?<name>[A-Z]\w*)", RegexOptions.None, 1000)]
    private static partial Regex AdapterNamespace();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline, 1000)]
    private static partial Regex Declared();
}
