using System.Data.Common;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;

namespace RadiomicsFunctions.Telemetry;

/// <summary>What the worker tells of itself by OpenTelemetry.</summary>
internal static class TelemetryServices
{
    /// <summary>
    /// Sends a span for each call of a function, and the product's metrics, where the settings say; nothing if they don't. Neither clients of storage nor of HTTP
    /// are traced: their addresses hold names of uploads, which may be patients', and original UIDs.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options is not { ApplicationInsights.Length: > 0 } and not { Collector: not null })
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            // A host that doesn't record its own spans says so in what it hands on; ours are recorded all the same.
            .WithTracing(tracing => tracing.SetSampler<AlwaysOnSampler>())
            .WithMetrics(metrics => metrics.AddMeter(PipelineMeter.Name, StepMeter.Name));
        if (options.Collector is not null)
        {
            telemetry.WithLogging(null, logging => logging.IncludeFormattedMessage = true).UseOtlpExporter();
            services.AddLogging(logging => logging.AddFilter<OpenTelemetryLoggerProvider>(IsOurs));
        }

        if (options.ApplicationInsights is { Length: > 0 } connectionString)
        {
            // The log isn't sent from here: the Functions host has it, and sends it.
            telemetry
                .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(exporter => Configure(exporter, connectionString, options)))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(exporter => Configure(exporter, connectionString, options)));
        }

        return services;
    }

    /// <summary>The identity that an authentication string names; null where the connection string's key is enough.</summary>
    internal static TokenCredential? CredentialOf(string? authentication)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = authentication ?? "" };
        return parts.TryGetValue("Authorization", out var kind) && "AAD".Equals(kind as string, StringComparison.OrdinalIgnoreCase)
            ? StorageClients.Credential(parts.TryGetValue("ClientId", out var id) ? id as string : null)
            : null;
    }

    // What libraries log may quote an address or a header.
    private static bool IsOurs(string? category, LogLevel level) => level >= LogLevel.Information
        && (category?.StartsWith(nameof(RadiomicsFunctions), StringComparison.Ordinal) == true || category is nameof(PredictStudy) or nameof(RetrainCenter) or nameof(AwaitStudy));

    private static void Configure(AzureMonitorExporterOptions exporter, string connectionString, TelemetryOptions options)
    {
        exporter.ConnectionString = connectionString;
        exporter.Credential = CredentialOf(options.ApplicationInsightsAuthentication);
        // Spans are few, and a study's trace is one only if none is left out.
        exporter.SamplingRatio = 1;
    }
}
