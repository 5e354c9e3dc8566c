using Microsoft.Extensions.Logging;

namespace BotPlatform.Service.Tests.LanguageModels;

/// <summary>All that is logged, with everything that a writer of logs would be given.</summary>
internal sealed class KeptLogs : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
        lock (_lock)
            _lines.Add($"{logLevel}: {formatter(state, exception)} {values} {exception}");
    }

    public void Dispose()
    {
        // Nothing is held open.
    }
}
