using System.Diagnostics;
using System.Globalization;
using System.Net;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests;

/// <summary>The program with a private PostgreSQL of its own, as most people run it, whose server dies under it.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task A_killed_database_costs_a_clear_answer_and_a_moment_but_no_word()
    {
        var folder = TestFolder.Create();
        var port = ServiceProcess.FreePort();
        using var service = await ServiceProcess.ServeAsync(port, folder, "--content", SmallContent.Folder, "--quiet-period", "0");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        try
        {
            var session = await http.BeginAsync();
            await http.SayAndHearAsync(session, "m1", "Before.");

            await ShouldBecomeUnavailableAsync(http, session, folder);
            (await http.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await SayUntilTakenAsync(http, session, "m2", "While it was away.");
            var told = await http.SayAndHearAsync(session, "m3", "After.");
            told.Said().Select(t => t.Text).ShouldBe(["Before.", "While it was away.", "After."]);
            (await http.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
            service.IsRunning.ShouldBeTrue();
        }
        finally
        {
            await service.StopAsync();
            await ServiceProcess.RunAsync("", "database", "stop", "--data-dir", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Kills the server that runs now; false while none does.</summary>
    private static bool KillServer(string folder)
    {
        try
        {
            var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
            using var server = Process.GetProcessById(int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture));
            server.Kill();
            server.WaitForExit();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IOException)
        {
            return false;
        }
    }

    /// <summary>Every way in says so in the same words, and when to come back.</summary>
    private static async Task ShouldBecomeUnavailableAsync(HttpClient http, string session, string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            // What is still in flight when the server dies may succeed, and a busy machine may miss the moment until it is
            // up again: then it is killed again. Nothing may fail in any other way.
            limit.Token.ThrowIfCancellationRequested();
            KillServer(folder);
            using var response = await http.GetAsync($"{Api.Sessions}/{session}");
            if (response.StatusCode == HttpStatusCode.OK)
                continue;
            (await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable)).ShouldContain("nothing was taken");
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
            return;
        }
    }

    private static async Task SayUntilTakenAsync(HttpClient http, string session, string id, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await http.SayAsync(session, id, text);
            if (response.StatusCode == HttpStatusCode.Accepted)
                return;
            await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
            await Task.Delay(100, limit.Token);
        }
    }
}
