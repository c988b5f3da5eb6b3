namespace LocalHost.Settings;

/// <summary>What the host goes by: its arguments, and host.json as settings may have overridden it.</summary>
/// <param name="RoutePrefix">Between the host's address and every route; empty is none.</param>
/// <param name="MaxRequestBodySize">Bytes of a request body; null is no limit but the app's own.</param>
/// <param name="FunctionTimeout">How long a function may run; null is for ever.</param>
/// <param name="HostId">Names this app's receipts, locks and schedules in storage, whichever process runs it.</param>
/// <param name="FunctionKey">A function key besides those in storage.</param>
/// <param name="BlobEventSuffixes">Endings of the blobs that are announced, as the filter of an Event Grid subscription names them; <c>*</c> is any.</param>
/// <param name="BlobLook">The least time between two looks for blobs that have just come.</param>
/// <param name="BlobSlowScan">The time between two looks for blobs whose event went astray.</param>
/// <param name="WatcherSilence">How long a watcher may give no sign before the host calls itself unhealthy.</param>
/// <param name="HealthRoutes">Routes, with the prefix, that answer for the host as well: while work doesn't reach the functions, they say that instead.</param>
/// <param name="StorageWait">How long the host waits for storage that isn't there yet.</param>
internal sealed record HostSettings(
    int Port, bool EnableAuth, string RoutePrefix, long? MaxRequestBodySize, TimeSpan? FunctionTimeout, string HostId, string? FunctionKey,
    string[] BlobEventSuffixes, TimeSpan BlobLook, TimeSpan BlobSlowScan, TimeSpan WatcherSilence, string[] HealthRoutes, TimeSpan StorageWait)
{
    /// <exception cref="HostStartException">A value can't be read.</exception>
    public static HostSettings From(HostConfiguration configuration, HostArguments arguments, AppFolder app)
    {
        var all = configuration.All;
        var host = all.GetSection(HostConfiguration.HostSection);
        try
        {
            return new HostSettings(
                Port: arguments.Port ?? configuration.LocalPort ?? 7071,
                EnableAuth: arguments.EnableAuth,
                RoutePrefix: (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
                MaxRequestBodySize: host.GetValue<long?>("extensions:http:maxRequestBodySize"),
                FunctionTimeout: host["functionTimeout"] is "-1" ? null : TimeSpan.Parse(host["functionTimeout"] ?? "00:30:00", CultureInfo.InvariantCulture),
                HostId: HostIdOf(all["AzureFunctionsWebHost:hostid"] ?? app.Name),
                FunctionKey: all["LocalHost:FunctionKey"],
                BlobEventSuffixes: List(all["LocalHost:BlobEventSuffixes"] ?? ".zip;/_ready"),
                BlobLook: TimeSpan.FromMilliseconds(all.GetValue("LocalHost:BlobLookMilliseconds", 1000)),
                BlobSlowScan: TimeSpan.FromSeconds(all.GetValue("LocalHost:SlowScanSeconds", 15.0)),
                WatcherSilence: TimeSpan.FromSeconds(all.GetValue("LocalHost:WatcherSilenceSeconds", 60.0)),
                HealthRoutes: List(all["LocalHost:HealthRoutes"] ?? "api/health;api/health/ready"),
                StorageWait: TimeSpan.FromSeconds(all.GetValue("LocalHost:StorageWaitSeconds", 60.0)));
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
