using BotPlatform.Adapters.Content;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Practice;
using BotPlatform.Service.Slack;

namespace BotPlatform.Service.Hosting;

/// <summary>The web application: what it is made of, and the order in which a request passes.</summary>
public static class WebHost
{
    public static WebApplication Build(ServerOptions options, string[] addresses, ContentLoad content, Database database)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Pages are looked up in this assembly and files beside it, whoever has started the process.
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(addresses);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = RequestBody.MostBytes + 1024;
        });
        Logs.Configure(builder.Logging);
        Register(builder.Services, options, Server.IsLoopback(addresses), content, database);
        var app = builder.Build();
        // A page opened in the browser stays connected for hours; it must not hold up the end.
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<Signals>().AllMayHaveChanged);
        app.UseMiddleware<Headers>();
        app.UseErrorPages();
        app.UseMiddleware<Failures>();
        // Styles and scripts are nobody's secret, and pages that others open need them too.
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = f => f.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseMiddleware<SameOrigin>();
        app.MapSessions();
        if (options.Slack is not null)
            app.MapSlack();
        if (options.Slack?.Install is not null)
            app.MapSlackInstall();
        app.MapHealth();
        app.MapRazorPages();
        app.MapGet("/", () => Results.Redirect("/practice"));
        return app;
    }

    private static void Register(IServiceCollection services, ServerOptions options, bool local, ContentLoad content, Database database)
    {
        var access = new Access(local, Secret.In(options.DataFolder));
        services.AddInterviews(new InterviewParts(options.Settings, content, database, access) { Models = options.Models, Time = options.Time });
        services.AddSingleton(p => new SharedLinks(access, options.Slack?.PublicUrl, p.GetRequiredService<TimeProvider>()));
        if (options.Slack is { } slack)
            services.AddSlack(slack);
        services.AddHostedService<DatabaseWatch>();
        services.AddHostedService<TelemetryExport>();
        services.AddProblemDetails();
        services.AddRazorPages();
        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }
}
