using System.Diagnostics;
using System.Net.Sockets;
using Azure.Storage.Blobs;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Looks whether a storage account answers before anything is built on it.</summary>
internal static class StorageProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits a few seconds for the account to answer at all: Azurite may be starting beside this process.</summary>
    /// <exception cref="HostStartException">It doesn't, with what to do about it.</exception>
    public static async Task CheckAsync(BlobServiceClient account, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync(account.Uri, cancellation))
        {
            if (clock.Elapsed > Patience)
                throw new HostStartException(HostStartException.Unreachable, Sentence(account.Uri));
            await Task.Delay(250, cancellation);
        }
    }

    private static async Task<bool> AnswersAsync(Uri endpoint, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private static string Sentence(Uri endpoint) => endpoint.IsLoopback
        ? $"No storage answers at {endpoint.Host}:{endpoint.Port}. Start Azurite (npx azurite --skipApiVersionCheck), or name another account in the setting AzureWebJobsStorage."
        : $"No storage answers at {endpoint.Host}:{endpoint.Port}. Check the network and the connection strings in the app's settings.";
}
