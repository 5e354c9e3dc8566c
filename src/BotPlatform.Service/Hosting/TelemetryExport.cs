using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BotPlatform.Service.Hosting;

/// <summary>Sends traces and metrics by OTLP where the standard variables name a collector; else nothing leaves.</summary>
public sealed class TelemetryExport : IHostedService
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] Sources = [Telemetry.Name, "Microsoft.AspNetCore", "Npgsql"];
    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime", "Npgsql"];
    private readonly List<IDisposable> _providers = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("botplatform");
        _providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build());
        _providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in _providers)
            provider.Dispose();
        return Task.CompletedTask;
    }
}
