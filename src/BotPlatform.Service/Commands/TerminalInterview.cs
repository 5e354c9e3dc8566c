using BotPlatform.Adapters;
using BotPlatform.Adapters.Console;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Sessions;
using BotPlatform.Service.Hosting;
using BotPlatform.Service.Practice;

namespace BotPlatform.Service.Commands;

/// <summary>One interview between a terminal and the engine, from the first question to the scorecard.</summary>
public static class TerminalInterview
{
    // Longer without an answer than this, and something is wrong that the candidate cannot mend.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PatienceForGrade = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Wanted wanted, InterviewParts parts, Terminal terminal, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Logs.Configure(builder.Logging);
        builder.Services.AddInterviews(parts);
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            return await LeadAsync(wanted, host.Services, terminal, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> LeadAsync(Wanted wanted, IServiceProvider services, Terminal terminal, CancellationToken cancellation)
    {
        var practising = services.GetRequiredService<Practising>();
        var newId = services.GetRequiredService<Func<Guid>>();
        var id = (await practising.StartAsync(wanted, Starter.Here("console", Access.LocalOwner), idempotencyKey: null, cancellation))!.Value;
        terminal.Line($"{wanted.Problem.Title}, {wanted.Level.Name()} level. Write as in a chat; hint, skip, back, feedback, time, pause and stop are commands.");
        using var bell = services.GetRequiredService<Signals>().Listen(id);
        var (shown, sentAt) = (0, -1);
        Task<string?>? reading = null;
        Task<bool>? ringing = null;
        while (true)
        {
            var (row, session) = (await practising.FindAsync(id, Caller.Local, cancellation))!.Value;
            shown = Show(session, shown, terminal);
            if (session.State == SessionState.Ended)
            {
                if (session.Scorecard is { } card)
                    terminal.Line("\n" + ScorecardText.Write(ScorecardView.Of(id.ToString(), card, session.Turns.Select(t => t.Turn)), forPanel: false));
                terminal.Line($"Kept as session {id}; see it again on the page under /practice.");
                return Exit.Fine;
            }

            if (session.State == SessionState.Grading)
            {
                if (await GradedAsync(id, practising, bell, terminal, cancellation))
                    continue;
                return Invocation.Fail($"The model has not graded yet. Nothing is lost: session {id} is graded when the service runs, and stands on the page under /practice.");
            }

            var settled = session.Version > sentAt && !practising.View(row, session).Thinking;
            if (terminal.IsInteractive || settled)
                reading ??= terminal.ReadAsync(cancellation);
            ringing ??= bell.WaitAsync(Patience, cancellation);
            await Task.WhenAny(reading is null ? [ringing] : new Task[] { reading, ringing });
            if (ringing.IsCompleted)
            {
                if (!await ringing && reading is null)
                    return Invocation.Fail("The interview is held up; 'inbox list' shows an operator why. Nothing you wrote is lost.");
                ringing = null;
            }

            if (reading is { IsCompleted: true })
            {
                var line = await reading;
                reading = null;
                if (line is not null && string.IsNullOrWhiteSpace(line))
                    continue;
                terminal.Candidate(line ?? "stop");
                var key = newId().ToString();
                Input input = line is null ? new Input.Stop() : new Input.MessageReceived(key, ReceivedText.Clean(line));
                sentAt = session.Version;
                await practising.AcceptAsync(id, "message:" + key, line is null ? null : key, input, Caller.Local, cancellation);
            }
        }
    }

    private static async Task<bool> GradedAsync(Guid id, Practising practising, Signals.Listener bell, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Line("Waiting for the model that grades; Ctrl+C leaves, and the session is kept.");
        for (var waited = TimeSpan.Zero; waited < PatienceForGrade; waited += Look)
        {
            await bell.WaitAsync(Look, cancellation);
            if ((await practising.FindAsync(id, Caller.Local, cancellation))!.Value.Session.State == SessionState.Ended)
                return true;
        }

        return false;
    }

    private static int Show(Session session, int shown, Terminal terminal)
    {
        foreach (var told in session.Turns.Skip(shown).Where(t => t.Turn.Speaker == Speaker.Interviewer))
            terminal.Interviewer(told.Turn.Step.Name(), told.Turn.Text);
        return session.Turns.Count;
    }
}
