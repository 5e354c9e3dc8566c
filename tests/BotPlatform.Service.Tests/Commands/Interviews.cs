using System.Text.Json;

namespace BotPlatform.Service.Tests.Commands;

/// <summary>Short interviews for commands to find.</summary>
internal static class Interviews
{
    /// <summary>One answer, then stopped; waits for the scorecard.</summary>
    public static async Task<JsonElement> InterviewAsync(this HttpClient http, string answer)
    {
        var id = await http.StopAfterAsync(answer);
        return await http.UntilAsync(id, s => s.State() == "ended");
    }

    /// <summary>One answer, then stopped; whatever becomes of the grade.</summary>
    public static async Task<string> StopAfterAsync(this HttpClient http, string answer)
    {
        var id = await http.BeginAsync(CommandContent.Problem);
        await http.SayAndHearAsync(id, "m1", answer);
        using var stopped = await http.CommandAsync(id, "stop");
        await http.UntilAsync(id, s => s.State() is "grading" or "ended");
        return id;
    }

    public static string Id(this JsonElement session) => session.GetProperty("id").GetString()!;
}
