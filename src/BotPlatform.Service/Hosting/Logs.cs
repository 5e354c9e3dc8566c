using Microsoft.Extensions.Logging.Console;

namespace BotPlatform.Service.Hosting;

/// <summary>Logs: one JSON object a line on standard error, so that standard output stays for people.</summary>
public static class Logs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("BotPlatform", LogLevel.Information);
        // The keys sign nothing but form fields of our own pages; a restart may make new ones.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It would tell of each request, which is not wanted, and prepares for it all the same.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Its messages quote exceptions, and those may hold text of candidates; Failures logs in its place.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);
    }
}
