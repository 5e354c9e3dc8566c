using BotPlatform.Service.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Hosting;

/// <summary>What is written down of a fault.</summary>
public sealed class FailuresTests
{
    [Theory]
    [InlineData("/shared/AbCdEf0123", "/shared/…")]
    [InlineData("/shared/AbCdEf0123/export", "/shared/…")]
    [InlineData("/api/v1/sessions/7", "/api/v1/sessions/7")]
    public async Task A_link_that_opens_a_scorecard_to_whoever_has_it_is_in_no_log(string path, string told)
    {
        var log = new Lines();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), Request = { Method = "GET", Path = path } };
        await new Failures(_ => throw new InvalidOperationException("secret"), log).InvokeAsync(context);

        log.Written.ShouldHaveSingleItem().ShouldStartWith($"GET {told} failed");
    }

    private sealed class Lines : ILogger<Failures>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
