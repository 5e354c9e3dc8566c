using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.LanguageModels;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Hosting;

/// <summary>What every way in needs, opened already.</summary>
public sealed record InterviewParts(SessionSettings Settings, ContentLoad Content, Database Database, Access Access)
{
    /// <summary>None by default: rules score, and the engine words its questions.</summary>
    public ModelSettings Models { get; init; } = ModelSettings.None;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Sessions and the conductor that leads them; the page and the terminal both stand on these.</summary>
public static class Interviews
{
    private const int SessionsKept = 1000;

    public static IServiceCollection AddInterviews(this IServiceCollection services, InterviewParts parts) => services
        .AddSingleton(parts.Time)
        .AddSingleton(parts.Content)
        .AddSingleton(parts.Database)
        .AddSingleton(parts.Database.Source)
        .AddSingleton(parts.Settings)
        .AddSingleton(parts.Access)
        .AddSingleton<Func<Guid>>(p => Ids.From(p.GetRequiredService<TimeProvider>()))
        .AddSingleton(new SessionCache(SessionsKept))
        .AddSingleton(new PinnedContent(parts.Database.Source, PinnedText.Read))
        .AddSingleton<SessionStore>()
        .AddSingleton<NewSessions>()
        .AddSingleton<Attachments>()
        .AddSingleton<Inbox>()
        .AddSingleton<Outbox>()
        .AddSingleton<OutboxBell>()
        .AddSingleton<WorkQueue>()
        .AddSingleton<Signals>()
        .AddSingleton<NodeSignals>()
        .AddSingleton<Telemetry>()
        .AddSingleton(new Models(parts.Models, parts.Time, Ids.Jitter))
        .AddSingleton<ModelCalls>()
        .AddSingleton<ModelUse>()
        .AddSingleton<Grader>()
        .AddSingleton<GradeEffect>()
        .AddSingleton<WordingEffect>()
        .AddSingleton<Practising>()
        .AddHostedService(p => p.GetRequiredService<NodeSignals>())
        .AddHostedService<Conductor>()
        .AddHostedService<Dispatcher>();
}
