using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Functions.Hosting;

/// <summary>What the host goes by: its arguments, and host.json as settings may have overridden it.</summary>
internal sealed record HostSettings
{
    public const string PortKey = "LocalRuntime:Port";

    public required int Port { get; init; }

    public required bool EnableAuth { get; init; }

    /// <summary>Between the host's address and every route; empty is none.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary>Bytes of a request body; null is no limit but the app's own.</summary>
    public long? MaxRequestBodySize { get; init; }

    /// <summary>How long a function may run; null is for ever.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    public required string HubName { get; init; }

    public required int MaxConcurrentActivities { get; init; }

    public required int MaxConcurrentOrchestrators { get; init; }

    /// <summary>Names this app's receipts, locks and schedules in storage, whichever process runs it.</summary>
    public required string HostId { get; init; }

    /// <summary>The time between two looks at a container.</summary>
    public TimeSpan BlobPollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The wait after a blob's first failed attempt; it grows by as much after each further one.</summary>
    public TimeSpan BlobRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public static HostSettings From(IConfiguration configuration, HostArguments arguments, string appName)
    {
        var host = configuration.GetSection(HostJson.Section);
        var durable = host.GetSection("extensions:durableTask");
        var http = host.GetSection("extensions:http");
        var defaults = new { Activities = 10 * Environment.ProcessorCount, Orchestrators = 10 * Environment.ProcessorCount };
        return new HostSettings
        {
            Port = arguments.Port ?? configuration.GetValue(PortKey, 7071),
            EnableAuth = arguments.EnableAuth,
            RoutePrefix = (http["routePrefix"] ?? "api").Trim('/'),
            MaxRequestBodySize = http.GetValue<long?>("maxRequestBodySize"),
            FunctionTimeout = Timeout(host["functionTimeout"]),
            HubName = durable["hubName"] ?? "TestHubName",
            MaxConcurrentActivities = durable.GetValue("maxConcurrentActivityFunctions", defaults.Activities),
            MaxConcurrentOrchestrators = durable.GetValue("maxConcurrentOrchestratorFunctions", defaults.Orchestrators),
            HostId = configuration["AzureFunctionsWebHost:hostid"] ?? HostIdOf(appName),
            BlobPollInterval = Milliseconds(configuration["LocalRuntime:BlobPollMilliseconds"]) ?? TimeSpan.FromMilliseconds(500),
            BlobRetryDelay = Milliseconds(configuration["LocalRuntime:BlobRetryMilliseconds"]) ?? TimeSpan.FromSeconds(1),
        };
    }

    private static TimeSpan? Timeout(string? text) => text switch
    {
        null => TimeSpan.FromMinutes(30),
        "-1" => null,
        _ => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
    };

    private static TimeSpan? Milliseconds(string? text) =>
        text is null ? null : TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Lower-case letters, digits and dashes, at most 32, as the real host makes of an app's name.</summary>
    private static string HostIdOf(string appName)
    {
        var id = new string([.. appName.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(32)]).Trim('-');
        return id.Length > 0 ? id : "app";
    }
}
