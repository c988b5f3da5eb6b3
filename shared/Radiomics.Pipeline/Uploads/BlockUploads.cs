using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Zips that a browser sends in blocks through the service, since it may have no way to the storage account: each block is staged in <c>incoming</c>, and the list of them makes the blob. Blocks that no list
/// ever names vanish by themselves: the account keeps them for a week.
/// </summary>
public sealed partial class BlockUploads(BlobStore store, RadiomicsOptions options)
{
    /// <summary>Longest block, bytes.</summary>
    public const int MostBlockBytes = 8 << 20;

    /// <summary>The most blocks of one zip: their digests must fit into the body that lists them.</summary>
    public const int MostBlocks = 1_200;

    private const int DigestBytes = 32;

    /// <summary>Stages a block. The same one again changes nothing.</summary>
    /// <param name="center">A center that is known.</param>
    /// <param name="name">Name of the zip: <c>console-</c>, 32 hex digits and <c>.zip</c>, so that no patient's name is in it.</param>
    /// <param name="number">Its place, from 0.</param>
    /// <param name="block">The bytes.</param>
    /// <param name="sha256">Their digest.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException"><c>InvalidBlobName</c>, <c>InvalidRequest</c>.</exception>
    public async Task StageAsync(string center, string name, int number, FileInfo block, string sha256, CancellationToken cancellation = default)
    {
        if (number is < 0 or >= MostBlocks)
        {
            throw new RadiomicsException("InvalidRequest", $"Blocks are numbered from 0 to {MostBlocks - 1}.");
        }

        var blob = Blob(center, name);
        await store.EnsureContainersAsync(Containers.Incoming);
        await using var content = block.OpenRead();
        await blob.StageBlockAsync(IdOf(number, Convert.FromHexString(sha256)), content, cancellationToken: cancellation);
    }

    /// <summary>Makes the zip of its blocks. What lies there already of the same blocks stays as it is.</summary>
    /// <param name="center">A center that is known.</param>
    /// <param name="name">Name of the zip.</param>
    /// <param name="digests">SHA-256 of each block, in base64, in their order.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What lies in <c>incoming</c> now.</returns>
    /// <exception cref="RadiomicsException"><c>InvalidBlobName</c>, <c>InvalidRequest</c>, <c>BlocksMissing</c>, <c>RequestTooLarge</c>.</exception>
    public async Task<UploadName> CommitAsync(string center, string name, IReadOnlyList<string> digests, CancellationToken cancellation = default)
    {
        var blob = Blob(center, name);
        if (digests.Count is 0 or > MostBlocks)
        {
            throw new RadiomicsException("InvalidRequest", $"A zip has 1 to {MostBlocks} blocks.");
        }

        string[] ids = [.. digests.Select((digest, number) => IdOf(number, BytesOf(digest)))];
        var list = await BlocksAsync(blob, cancellation);
        if (!list.CommittedBlocks.Select(block => block.Name).SequenceEqual(ids))
        {
            await CommitAsync(blob, ids, list, cancellation);
        }

        return UploadName.TryParse($"{center}/{name}", center)!;
    }

    [GeneratedRegex("^console-[0-9a-f]{32}[.]zip$")]
    private static partial Regex Name { get; }

    private static byte[] BytesOf(string? digest)
    {
        var bytes = new byte[DigestBytes];
        return digest is not null && Convert.TryFromBase64String(digest, bytes, out var length) && length == DigestBytes
            ? bytes
            : throw new RadiomicsException("InvalidRequest", "Each block is named by its SHA-256 in base64.");
    }

    // As `radiomics submit` makes them: a block of another place or content is never taken for this one.
    private static string IdOf(int number, byte[] sha256)
    {
        var id = new byte[sizeof(int) + DigestBytes];
        BinaryPrimitives.WriteInt32BigEndian(id, number);
        sha256.CopyTo(id, sizeof(int));
        return Convert.ToBase64String(id);
    }

    private static async Task<BlockList> BlocksAsync(BlockBlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return await blob.GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return BlobsModelFactory.BlockList([], []);
        }
    }

    private BlockBlobClient Blob(string center, string name) => Name.IsMatch(name)
        ? store.Container(Containers.Incoming).GetBlockBlobClient($"{center}/{name}")
        : throw new RadiomicsException("InvalidBlobName", "A zip that comes in blocks is called 'console-', 32 hex digits and '.zip'.");

    private async Task CommitAsync(BlockBlobClient blob, string[] ids, BlockList list, CancellationToken cancellation)
    {
        var staged = list.UncommittedBlocks.Concat(list.CommittedBlocks).DistinctBy(block => block.Name).ToDictionary(block => block.Name, block => block.SizeLong);
        int[] missing = [.. Enumerable.Range(0, ids.Length).Where(number => !staged.ContainsKey(ids[number]))];
        if (missing.Length > 0)
        {
            throw Missing(string.Join(", ", missing.Take(20)));
        }

        if (ids.Sum(id => staged[id]) > options.Archive.MaxTotalBytes)
        {
            throw new RadiomicsException("RequestTooLarge", $"The zip is larger than {options.Archive.MaxTotalBytes} bytes. Send one study per upload, without other files.");
        }

        try
        {
            await blob.CommitBlockListAsync(ids, new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/zip" } }, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            throw Missing("that were there a moment ago");
        }
    }

    private static RadiomicsException Missing(string which) => new("BlocksMissing", $"Some blocks of this upload aren't in storage: {which}. Send them, then close it again.");
}
