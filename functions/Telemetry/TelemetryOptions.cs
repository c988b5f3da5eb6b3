using Microsoft.Extensions.Configuration;

namespace RadiomicsFunctions.Telemetry;

/// <summary>Where traces and metrics go. The names are the platform's and OpenTelemetry's own, whose other variables (<c>OTEL_…</c>) count as well.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The Application Insights resource that gets traces and metrics; the Functions host sends its log, and the app's, there too.</summary>
    [ConfigurationKeyName("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public string? ApplicationInsights { get; init; }

    /// <summary>
    /// <c>Authorization=AAD</c>: telemetry is sent under the app's identity, with <c>;ClientId=…</c> under a user-assigned one. Application Insights may
    /// refuse any other.
    /// </summary>
    [ConfigurationKeyName("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")]
    public string? ApplicationInsightsAuthentication { get; init; }

    /// <summary>An OpenTelemetry collector that gets traces, metrics and the app's log (<c>http://127.0.0.1:4317</c>).</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public Uri? Collector { get; init; }
}
