using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Emulator;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>The storage account as the pipeline uses it: blobs written once, JSON in the product's dialect.</summary>
public sealed class BlobStore(BlobServiceClient service)
{
    private const string JsonType = "application/json";

    // A key that is valid only from now on would be refused by an account whose clock is behind.
    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Task> _containers = new(StringComparer.Ordinal);

    private static BlobRequestConditions IsNew => new() { IfNoneMatch = ETag.All };

    /// <summary>A blob by container and name.</summary>
    public BlobClient Blob(string container, string name) => Container(container).GetBlobClient(name);

    /// <summary>An append blob by container and name.</summary>
    public AppendBlobClient AppendBlob(string container, string name) => Container(container).GetAppendBlobClient(name);

    /// <summary>A container by name.</summary>
    public BlobContainerClient Container(string container) => service.GetBlobContainerClient(container);

    /// <summary>
    /// An address under which its bearer may create and overwrite one blob until a time, and do nothing else: signed with the account's key where the account was
    /// opened with one, else under the app's identity.
    /// </summary>
    public async Task<Uri> WriteAddressAsync(string container, string name, DateTimeOffset until, CancellationToken cancellation = default)
    {
        var blob = Blob(container, name);
        var permissions = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, until)
        {
            BlobContainerName = container,
            BlobName = name,
            Resource = "b",
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        return blob.CanGenerateSasUri
            ? blob.GenerateSasUri(permissions)
            : blob.GenerateUserDelegationSasUri(permissions, await service.GetUserDelegationKeyAsync(DateTimeOffset.UtcNow - _clocksDiffer, until, cancellation));
    }

    /// <summary>The blocks that were sent for a blob and are in no version of it yet; the account keeps them for a week.</summary>
    public async Task<IReadOnlyList<BlobBlock>> StagedBlocksAsync(string container, string name, CancellationToken cancellation = default)
    {
        try
        {
            var list = await Container(container).GetBlockBlobClient(name).GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellation);
            return [.. list.Value.UncommittedBlocks];
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return [];
        }
    }

    /// <summary>
    /// Creates the containers that aren't there yet; once per process, again if it failed. Who may not create containers, having a role on some only, goes on with
    /// those that are there.
    /// </summary>
    /// <param name="containers">Those that are used; none named: all.</param>
    /// <exception cref="RequestFailedException">A container isn't there, and may not be created.</exception>
    public async Task EnsureContainersAsync(params IReadOnlyList<string> containers)
    {
        foreach (var container in containers.Count > 0 ? containers : Containers.All)
        {
            var current = _containers.AddOrUpdate(container, EnsureAsync, (name, earlier) => earlier is { IsFaulted: true } or { IsCanceled: true } ? EnsureAsync(name) : earlier);
            await current;
        }
    }

    /// <summary>Asks the account whether it answers.</summary>
    /// <exception cref="RequestFailedException">It doesn't.</exception>
    public async Task PingAsync(CancellationToken cancellation) =>
        await Container(Containers.Incoming).ExistsAsync(cancellation);

    /// <summary>Writes a blob unless one of that name is there. Returns whether it was written.</summary>
    public async Task<bool> WriteOnceAsync(string container, string name, BinaryData content, string contentType = JsonType, IDictionary<string, string>? metadata = null)
    {
        try
        {
            await Blob(container, name).UploadAsync(content, Options(IsNew, contentType, metadata));
            return true;
        }
        catch (RequestFailedException e) when (e.IsAlreadyThere())
        {
            return false;
        }
    }

    /// <summary>Writes a blob from a file unless one of that name is there. Returns whether it was written.</summary>
    public async Task<bool> WriteOnceAsync(string container, string name, FileInfo file, string contentType)
    {
        try
        {
            await using var stream = file.OpenRead();
            await Blob(container, name).UploadAsync(stream, Options(IsNew, contentType));
            return true;
        }
        catch (RequestFailedException e) when (e.IsAlreadyThere())
        {
            return false;
        }
    }

    /// <summary>Writes JSON unless the blob is there. Returns whether it was written.</summary>
    public Task<bool> WriteJsonOnceAsync<T>(string container, string name, T value) =>
        WriteOnceAsync(container, name, Json(value));

    /// <summary>Writes JSON in place of the version that was read. Returns whether it was written: false if the blob has been written or removed since.</summary>
    /// <param name="container">Container.</param>
    /// <param name="name">Blob name.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="version">The version to replace; null: there was no such blob.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="contentType">What it is, if not JSON.</param>
    /// <param name="metadata">What is said beside it.</param>
    /// <exception cref="RequestFailedException">The account refuses for another reason, which would be the same the next time.</exception>
    public async Task<bool> TryReplaceAsync(
        string container, string name, BinaryData json, ETag? version, CancellationToken cancellation = default, string contentType = JsonType, IDictionary<string, string>? metadata = null)
    {
        try
        {
            var condition = version is { } etag ? new BlobRequestConditions { IfMatch = etag } : IsNew;
            await Blob(container, name).UploadAsync(json, Options(condition, contentType, metadata), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsRefusedCondition())
        {
            return false;
        }
    }

    /// <summary>Reads a blob whole, with its version; null if it isn't there.</summary>
    public async Task<BlobDownloadResult?> TryReadAsync(string container, string name, CancellationToken cancellation = default)
    {
        try
        {
            return (await Blob(container, name).DownloadContentAsync(cancellation)).Value;
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Reads JSON; null if the blob isn't there.</summary>
    public async Task<T?> TryReadJsonAsync<T>(string container, string name, CancellationToken cancellation = default)
        where T : class =>
        await TryReadAsync(container, name, cancellation) is { } blob ? Parse<T>(blob.Content) : null;

    /// <summary>Reads a blob that must be there and have a digest.</summary>
    /// <exception cref="AlteredException">It holds other bytes.</exception>
    public async Task<BinaryData> ReadCheckedAsync(string container, string name, string sha256)
    {
        var content = (await Blob(container, name).DownloadContentAsync()).Value.Content;
        return Digest.Of(content) == sha256 ? content : throw AlteredException.OfPart(container, name);
    }

    /// <summary>The same for a large blob, which is hashed while it is read and never in memory as a whole.</summary>
    /// <param name="container">Container.</param>
    /// <param name="name">Blob name.</param>
    /// <param name="sha256">Its digest.</param>
    /// <param name="read">Makes something of it; what it makes, or throws, counts only if the bytes are the right ones.</param>
    /// <exception cref="AlteredException">It holds other bytes.</exception>
    public async Task<T> ReadCheckedAsync<T>(string container, string name, string sha256, Func<Stream, T> read)
    {
        using var download = (await Blob(container, name).DownloadStreamingAsync()).Value;
        using var stream = new HashedStream(download.Content);
        T value;
        try
        {
            value = read(stream);
        }
        catch (Exception e) when (e is not RequestFailedException && stream.Finish() != sha256)
        {
            throw AlteredException.OfPart(container, name);
        }

        return stream.Finish() == sha256 ? value : throw AlteredException.OfPart(container, name);
    }

    /// <summary>The blobs of a container whose names begin so, with what a listing tells of them, whatever they are called.</summary>
    /// <param name="container">The container.</param>
    /// <param name="prefix">How their names begin.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isWhole">Whether none may be left out.</param>
    /// <exception cref="InvalidDataException">One would have to be left out: an emulator can't list it.</exception>
    internal IAsyncEnumerable<BlobItem> ItemsAsync(string container, string prefix, CancellationToken cancellation, bool isWhole = false) =>
        ListedBlobs.ListAsync(Container(container), BlobTraits.None, prefix, isWhole, cancellation);

    /// <summary>The blobs of a container whose names begin so, in the order of their names.</summary>
    internal async IAsyncEnumerable<FoundBlob> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in ItemsAsync(container, prefix, cancellation))
        {
            yield return new(blob.Name, blob.Properties.LastModified!.Value, blob.Properties.ETag!.Value);
        }
    }

    /// <summary>Deletes a blob, if it is still the version that was listed. Returns whether it is gone.</summary>
    internal async Task<bool> TryDeleteAsync(string container, FoundBlob blob, CancellationToken cancellation)
    {
        try
        {
            await Blob(container, blob.Name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = blob.Version }, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsOtherVersion())
        {
            return false;
        }
    }

    /// <summary>The bytes of a value in the product's JSON.</summary>
    public static BinaryData Json<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, RadiomicsJson.Options));

    /// <summary>The value in some JSON.</summary>
    public static T Parse<T>(BinaryData json) =>
        JsonSerializer.Deserialize<T>(json, RadiomicsJson.Options) ?? throw new InvalidDataException("The blob holds the JSON value null.");

    private static BlobUploadOptions Options(BlobRequestConditions condition, string contentType, IDictionary<string, string>? metadata = null) => new()
    {
        Metadata = metadata,
        Conditions = condition,
        HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
    };

    private async Task EnsureAsync(string container)
    {
        try
        {
            await Container(container).CreateIfNotExistsAsync();
        }
        catch (RequestFailedException e) when (e.IsForbidden())
        {
            if (await IsMissingAsync(container))
            {
                throw;
            }
        }
    }

    /// <summary>Whether a container is known not to be there; who may not even look will see when it is used.</summary>
    private async Task<bool> IsMissingAsync(string container)
    {
        try
        {
            return !await Container(container).ExistsAsync();
        }
        catch (RequestFailedException e) when (e.IsForbidden())
        {
            return false;
        }
    }
}
