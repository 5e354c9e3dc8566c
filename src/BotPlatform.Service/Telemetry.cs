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
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _wordings;
    private readonly Counter<long> _waiting;
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _slackEvents;
    private readonly Counter<long> _slackCalls;
    private readonly Counter<long> _slackSockets;

    public Telemetry()
    {
        _accepted = _meter.CreateCounter<long>("botplatform.inbox.accepted", description: "Inputs committed");
        _handled = _meter.CreateCounter<long>("botplatform.inbox.handled", description: "Inputs handled");
        _dead = _meter.CreateCounter<long>("botplatform.inbox.dead", description: "Inputs set aside for an operator");
        _calls = _meter.CreateHistogram<double>("botplatform.model.call", unit: "s", description: "Calls to language models");
        _tokens = _meter.CreateCounter<long>("botplatform.model.tokens", description: "Tokens sent and received");
        _wordings = _meter.CreateCounter<long>("botplatform.model.wordings", description: "Questions worded by a model, and those refused");
        _waiting = _meter.CreateCounter<long>("botplatform.outbox.waiting", description: "Effects that were put back to be tried again");
        _slackEvents = _meter.CreateCounter<long>("botplatform.slack.events", description: "Events of Slack committed, by how often they had been delivered before");
        _slackCalls = _meter.CreateCounter<long>("botplatform.slack.calls", description: "Calls of Slack's Web API, by method and outcome");
        _slackSockets = _meter.CreateCounter<long>("botplatform.slack.socket", description: "What befell connections of Socket Mode and what came over them");
    }

    public Activity? Conduct(SessionKey key) => _activities.StartActivity("conduct")?.SetTag("session.id", key.Session);

    public void Accepted(int inputs = 1) => _accepted.Add(inputs);

    public void Handled(int rows) => _handled.Add(rows);

    public void DeadLetter() => _dead.Add(1);

    public Activity? CallModel(string model, string role) => _activities.StartActivity("model.call", ActivityKind.Client)?.SetTag("model", model).SetTag("role", role);

    public void ModelCalled(Activity? activity, string model, string role, string outcome, TimeSpan latency, int input, int output)
    {
        activity?.SetTag("outcome", outcome).SetTag("tokens.input", input).SetTag("tokens.output", output);
        _calls.Record(latency.TotalSeconds, new("model", model), new("role", role), new("outcome", outcome));
        _tokens.Add(input, new("model", model), new("direction", "input"));
        _tokens.Add(output, new("model", model), new("direction", "output"));
    }

    /// <param name="outcome">used, or why it was refused.</param>
    public void Worded(string outcome) => _wordings.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void EffectWaits(string kind) => _waiting.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <param name="retry">0 for the first delivery.</param>
    public void SlackEvent(int retry, string? reason) => _slackEvents.Add(1, new("retry", retry), new("reason", reason ?? "none"));

    public void SlackCalled(string method, string outcome) => _slackCalls.Add(1, new("method", method), new("outcome", outcome));

    /// <param name="what">opened, unreadable, unacknowledged, or Slack's own word for an end.</param>
    public void SlackSocket(string what) => _slackSockets.Add(1, new KeyValuePair<string, object?>("what", what));

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
