namespace LocalHost.Jobs;

/// <summary>The host's own clients of the storage accounts that settings name, of an API version that Azurite answers to.</summary>
internal sealed class StorageAccounts(HostConfiguration configuration)
{
    /// <summary>Receipts, locks and schedules.</summary>
    public const string HostsContainer = "azure-webjobs-hosts";

    /// <summary>The account that holds the host's state.</summary>
    public BlobServiceClient Host => Blobs(HostConfiguration.HostStorage);

    /// <summary>The account that a setting names.</summary>
    /// <exception cref="HostStartException">The setting can't be used.</exception>
    public BlobServiceClient Blobs(string connection)
    {
        var text = configuration.ConnectionString(connection) ?? throw new HostStartException(
            HostStartException.Failed, $"The setting {connection} must be a connection string: the local host has no identity to connect with.");
        try
        {
            return new BlobServiceClient(text, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05) { RetryPolicy = new ListingRetries(4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10)) });
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new HostStartException(HostStartException.Failed, $"The connection string in the setting {connection} can't be read.");
        }
    }

    /// <summary>Waits for an account to answer at all: Azurite may be starting beside this process, or be started next.</summary>
    /// <exception cref="HostStartException">It doesn't, with what to do about it.</exception>
    public async Task RequireAsync(string connection, TimeSpan patience, ILogger logger, CancellationToken cancellation)
    {
        var endpoint = Blobs(connection).Uri;
        var isSaid = false;
        for (var clock = Stopwatch.StartNew(); !await AnswersAsync(endpoint, cancellation); await Task.Delay(250, cancellation))
        {
            if (!isSaid && (isSaid = clock.Elapsed > TimeSpan.FromSeconds(2)))
                HostLog.WaitsForStorage(logger, $"{endpoint.Host}:{endpoint.Port}", patience.TotalSeconds);
            if (clock.Elapsed > patience)
            {
                throw new HostStartException(HostStartException.Unreachable, $"No storage answers at {endpoint.Host}:{endpoint.Port}. " + (endpoint.IsLoopback
                    ? $"Start Azurite (npx --yes azurite --skipApiVersionCheck), or name another account in the setting {connection}."
                    : $"Check the network and the setting {connection}."));
            }
        }
    }

    private static async Task<bool> AnswersAsync(Uri endpoint, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        using var socket = new TcpClient();
        await socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, limit.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return socket.Connected;
    }
}
