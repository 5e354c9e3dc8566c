using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using BotPlatform.Interviewing.Sessions;
using Shouldly;
using Xunit;

namespace BotPlatform.Interviewing.Tests;

/// <summary>Reads the compiled core: whatever it names is listed there, even where no analyzer looked.</summary>
public sealed class CorePurityTests : IDisposable
{
    private static readonly string[] Assemblies =
    [
        "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
        "System.Security.Cryptography", "System.Text.RegularExpressions",
    ];

    private static readonly string[] Namespaces =
    [
        "System", "System.Buffers", "System.Buffers.Binary", "System.Collections", "System.Collections.Frozen", "System.Collections.Generic",
        "System.Collections.Immutable", "System.Diagnostics", "System.Diagnostics.CodeAnalysis", "System.Globalization", "System.Linq",
        "System.Numerics", "System.Reflection", "System.Runtime.CompilerServices", "System.Runtime.InteropServices",
        "System.Runtime.Versioning", "System.Security.Cryptography", "System.Text", "System.Text.RegularExpressions",
    ];

    private static readonly string[] Types =
    [
        "System.AppContext", "System.AppDomain", "System.Console", "System.Random", "System.TimeProvider", "System.TimeZoneInfo",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    // Of the environment, the compiler itself asks for the thread, in every iterator.
    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Reflection.Assembly.Load",
    ];

    private readonly PEReader _file = new(File.OpenRead(typeof(Interview).Assembly.Location));

    private MetadataReader Core => _file.GetMetadataReader();

    [Fact]
    public void The_core_references_only_assemblies_without_input_and_output() => Core.AssemblyReferences
        .Select(a => Core.GetString(Core.GetAssemblyReference(a).Name))
        .ShouldBeSubsetOf(Assemblies);

    [Fact]
    public void The_core_names_no_type_that_reaches_outside()
    {
        var types = Core.TypeReferences.Select(t => Core.GetTypeReference(t)).Where(t => t.ResolutionScope.Kind == HandleKind.AssemblyReference).ToArray();

        types.Select(t => Core.GetString(t.Namespace)).Distinct().ShouldBeSubsetOf(Namespaces);
        types.Select(FullName).Intersect(Types).ShouldBeEmpty();
    }

    [Fact]
    public void The_core_asks_nothing_for_the_time_an_id_or_the_environment()
    {
        var members = Core.MemberReferences.Select(m => Core.GetMemberReference(m))
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => FullName(Core.GetTypeReference((TypeReferenceHandle)m.Parent)) + "." + Core.GetString(m.Name))
            .ToArray();

        members.ShouldNotBeEmpty();
        members.Intersect(Members).ShouldBeEmpty();
        members.Where(m => m.StartsWith("System.Environment.", StringComparison.Ordinal) && m != "System.Environment.get_CurrentManagedThreadId").ShouldBeEmpty();
    }

    public void Dispose() => _file.Dispose();

    private string FullName(TypeReference type) => Core.GetString(type.Namespace) + "." + Core.GetString(type.Name);
}
