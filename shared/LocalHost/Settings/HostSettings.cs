namespace LocalHost.Settings;

/// <summary>What the host goes by: its arguments, and host.json as settings may have overridden it.</summary>
internal sealed record HostSettings
{
    public required int Port { get; init; }

    public required bool EnableAuth { get; init; }

    /// <summary>Between the host's address and every route; empty is none.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary>Bytes of a request body; null is no limit but the app's own.</summary>
    public long? MaxRequestBodySize { get; init; }

    /// <summary>How long a function may run; null is for ever.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>Names this app's receipts, locks and schedules in storage, whichever process runs it.</summary>
    public required string HostId { get; init; }

    /// <summary>A function key besides those in storage.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Endings of the blobs that are announced, as the filter of an Event Grid subscription names them; <c>*</c> is any.</summary>
    public required string[] BlobEventSuffixes { get; init; }

    /// <summary>The least time between two looks for blobs that have just come.</summary>
    public required TimeSpan BlobLook { get; init; }

    /// <summary>The time between two looks for blobs whose event went astray.</summary>
    public required TimeSpan BlobSlowScan { get; init; }

    /// <summary>How long a watcher may give no sign before the host calls itself unhealthy.</summary>
    public required TimeSpan WatcherSilence { get; init; }

    /// <summary>Routes without the prefix that answer for the host as well: while work doesn't reach the functions, they say that instead.</summary>
    public required string[] HealthRoutes { get; init; }

    /// <summary>How long the host waits for storage that isn't there yet.</summary>
    public required TimeSpan StorageWait { get; init; }

    /// <exception cref="HostStartException">A value can't be read.</exception>
    public static HostSettings From(HostConfiguration configuration, HostArguments arguments, AppFolder app)
    {
        var all = configuration.All;
        var host = all.GetSection(HostConfiguration.HostSection);
        try
        {
            return new HostSettings
            {
                Port = arguments.Port ?? configuration.LocalPort ?? 7071,
                EnableAuth = arguments.EnableAuth,
                RoutePrefix = (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
                MaxRequestBodySize = host.GetValue<long?>("extensions:http:maxRequestBodySize"),
                FunctionTimeout = host["functionTimeout"] is "-1" ? null : TimeSpan.Parse(host["functionTimeout"] ?? "00:30:00", CultureInfo.InvariantCulture),
                HostId = HostIdOf(all["AzureFunctionsWebHost:hostid"] ?? app.Name),
                FunctionKey = all["LocalHost:FunctionKey"],
                BlobEventSuffixes = List(all["LocalHost:BlobEventSuffixes"] ?? ".zip;/_ready"),
                BlobLook = TimeSpan.FromMilliseconds(all.GetValue("LocalHost:BlobLookMilliseconds", 1000)),
                BlobSlowScan = TimeSpan.FromSeconds(all.GetValue("LocalHost:SlowScanSeconds", 15.0)),
                WatcherSilence = TimeSpan.FromSeconds(all.GetValue("LocalHost:WatcherSilenceSeconds", 60.0)),
                HealthRoutes = List(all["LocalHost:HealthRoutes"] ?? "health;health/ready"),
                StorageWait = TimeSpan.FromSeconds(all.GetValue("LocalHost:StorageWaitSeconds", 60.0)),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
        {
            throw new HostStartException(HostStartException.Failed, $"A value in host.json or a setting that overrides it can't be read: {e.Message}");
        }
    }

    private static string[] List(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Lower-case letters, digits and dashes, at most 32, as the real host makes of an app's name.</summary>
    private static string HostIdOf(string name)
    {
        var id = new string([.. name.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(32)]).Trim('-');
        return id.Length > 0 ? id : "app";
    }
}
