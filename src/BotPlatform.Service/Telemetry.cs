using System.Diagnostics;
using System.Diagnostics.Metrics;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service;

/// <summary>Traces and metrics of ours; they carry session ids, never text.</summary>
public sealed class Telemetry : IDisposable
{
    public const string Name = "BotPlatform";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _dead;

    public Telemetry()
    {
        _accepted = _meter.CreateCounter<long>("botplatform.inbox.accepted", description: "Inputs committed");
        _handled = _meter.CreateCounter<long>("botplatform.inbox.handled", description: "Inputs handled");
        _dead = _meter.CreateCounter<long>("botplatform.inbox.dead", description: "Inputs set aside for an operator");
    }

    public Activity? Conduct(SessionKey key) => _activities.StartActivity("conduct")?.SetTag("session.id", key.Session);

    public void Accepted() => _accepted.Add(1);

    public void Handled(int rows) => _handled.Add(rows);

    public void DeadLetter() => _dead.Add(1);

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
