using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace BotPlatform.Benchmarks.Load;

/// <summary>The managed heap of another .NET process, from the counters that its runtime offers.</summary>
internal static class ManagedHeap
{
    public static string Read(int processId)
    {
        var heap = 0.0;
        var provider = new EventPipeProvider(
            "System.Runtime", EventLevel.Informational, 0, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" });
        using var session = new DiagnosticsClient(processId).StartEventPipeSession(provider, requestRundown: false);
        using var source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += counters =>
        {
            if (counters.EventName != "EventCounters" || counters.PayloadValue(0) is not IDictionary<string, object> outer
                || outer["Payload"] is not IDictionary<string, object> counter || counter["Name"] as string != "gc-heap-size" || heap > 0)
            {
                return;
            }

            heap = (double)counter["Mean"];
            _ = Task.Run(session.Stop);
        };
        source.Process();
        return $"{heap:0} MB";
    }
}
