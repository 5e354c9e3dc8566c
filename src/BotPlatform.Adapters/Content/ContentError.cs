using System.Collections.Immutable;

namespace BotPlatform.Adapters.Content;

/// <summary>One thing wrong in a content file, as one line for a person.</summary>
/// <param name="File">Path below the content root with forward slashes, or <c>stored &lt;hash&gt;</c>.</param>
/// <param name="Line">Counted from 1; 0 when the whole file is meant.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ContentError(string File, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}

/// <summary>What a content file holds, or everything that is wrong with it; never both, never neither.</summary>
public sealed record Parsed<T>(T? Value, ImmutableArray<ContentError> Errors)
    where T : class;

/// <summary>Gathers the errors of one file while it is read to its end.</summary>
internal sealed class ErrorSink(string file)
{
    private readonly List<ContentError> errors = [];

    public void Add(int line, string message) => errors.Add(new ContentError(file, line, message));

    public Parsed<T> Result<T>(T value)
        where T : class =>
        errors.Count == 0 ? new Parsed<T>(value, []) : new Parsed<T>(null, [.. errors.OrderBy(e => e.Line)]);
}
