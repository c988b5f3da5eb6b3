using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace LocalRuntime.Functions.Hosting;

/// <summary>
/// One empty blob per function and blob version, whose metadata says how often the delivery was tried and whether it is done.
/// Its name is a hash, so that no file name leaves the watched container.
/// </summary>
internal sealed class BlobReceipts(BlobContainerClient container, string hostId, FunctionEntry function)
{
    private const string Attempts = "attempts";
    private const string Done = "done";

    private readonly string _folder = $"blobreceipts/{hostId}/{function.Name}/";

    /// <summary>The receipt's key for a version of a blob.</summary>
    public static string Key(BlobContainerClient watched, string blobName, ETag version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{watched.AccountName}\n{watched.Name}\n{blobName}\n{Plain(version)}")));

    /// <summary>The ETag without the quotes that some answers have and others lack.</summary>
    public static ETag Plain(ETag version) => new(version.ToString("G").Trim('"'));

    /// <summary>The keys of all finished deliveries, in a few requests.</summary>
    public async Task<HashSet<string>> FinishedAsync(CancellationToken cancellation)
    {
        var finished = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var receipt in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, _folder, cancellation))
        {
            if (receipt.Metadata.ContainsKey(Done))
                finished.Add(receipt.Name[_folder.Length..]);
        }
        return finished;
    }

    /// <summary>The receipt under its lock, or null while another process delivers that version.</summary>
    public async Task<Claim?> TryClaimAsync(string key, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(_folder + key);
        await BlobLock.EnsureAsync(blob, new Dictionary<string, string> { [Attempts] = "0" }, cancellation);
        var held = await BlobLock.TryTakeAsync(blob, cancellation);
        if (held is null)
            return null;
        try
        {
            var metadata = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata;
            var attempts = metadata.TryGetValue(Attempts, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
            return new Claim(blob, held, attempts, metadata.ContainsKey(Done));
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>A delivery that this process alone may make.</summary>
    internal sealed class Claim(BlobClient blob, BlobLock held, int attempts, bool done) : IAsyncDisposable
    {
        public int Attempts { get; private set; } = attempts;

        public bool IsDone { get; private set; } = done;

        /// <summary>Cancelled when another process may have taken over.</summary>
        public CancellationToken Lost => held.Lost;

        /// <summary>Counts an attempt before it is made, so that one that kills the process counts as well.</summary>
        public Task CountAsync(int change, CancellationToken cancellation)
        {
            Attempts += change;
            return WriteAsync(cancellation);
        }

        public Task FinishAsync(CancellationToken cancellation)
        {
            IsDone = true;
            return WriteAsync(cancellation);
        }

        public ValueTask DisposeAsync() => held.DisposeAsync();

        private Task WriteAsync(CancellationToken cancellation)
        {
            var metadata = new Dictionary<string, string> { [BlobReceipts.Attempts] = Attempts.ToString(CultureInfo.InvariantCulture) };
            if (IsDone)
                metadata[Done] = "true";
            return blob.SetMetadataAsync(metadata, new BlobRequestConditions { LeaseId = held.Id }, cancellation);
        }
    }
}
