using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LocalHost.Lifetime;

/// <summary>The host's own spans, as the Functions host sends them: of requests and of orchestrations, without which a trace would end where work is queued.</summary>
internal static class HostTelemetry
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Sends them where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; nothing without it.</summary>
    public static void Configure(IServiceCollection services, IConfiguration configuration, string app)
    {
        if (configuration[Collector] is not { Length: > 0 })
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService($"{app}.Host"))
            // Spans alone: the SDK's log tells names of blobs.
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", "WebJobs.Extensions.DurableTask", "DurableTask.Core").AddOtlpExporter());
    }
}
