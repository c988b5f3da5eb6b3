using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Microsoft.Win32.SafeHandles;

namespace Radiomics.Cli.Client;

/// <summary>
/// Uploads a file in blocks, a few at a time, in memory that doesn't grow with the file. A block's id holds its place and its digest, so that the account's list of blocks
/// tells what of this very file is there: an upload that broke off goes on when it is started again, on this machine or another.
/// </summary>
internal sealed class BlockUpload(string path, byte[] md5, Func<CancellationToken, Task<BlockTarget>> open, IProgress<long>? progress)
{
    /// <summary>Bytes of a block: small enough for a slow line to send it within a request's patience. A blob takes 50,000, 195 GiB of these.</summary>
    public const int BlockBytes = 4 << 20;

    private const int BlocksAtOnce = 4;

    // A block begun before the end of a right must be there by then.
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private BlockTarget? _target;
    private long _sent;

    /// <summary>Sends what isn't there yet and makes the blob of all of it, with the file's MD5 for whoever reads it there.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path, options: FileOptions.Asynchronous);
        var ids = new string[(RandomAccess.GetLength(file) + BlockBytes - 1) / BlockBytes];
        await Parallel.ForAsync(
            0,
            ids.Length,
            new ParallelOptions { MaxDegreeOfParallelism = BlocksAtOnce, CancellationToken = cancellation },
            async (i, token) => ids[i] = await SendAsync(file, i, token));
        var target = await TargetAsync(cancellation);
        await target.Blob.CommitBlockListAsync(ids, new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/zip", ContentHash = md5 } }, cancellation);
    }

    /// <summary>The id of a block: all are of one length, as they must be.</summary>
    internal static string IdOf(int place, ReadOnlySpan<byte> content)
    {
        Span<byte> id = stackalloc byte[sizeof(int) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(id, place);
        SHA256.HashData(content, id[sizeof(int)..]);
        return Convert.ToBase64String(id);
    }

    private async Task<string> SendAsync(SafeFileHandle file, int place, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var length = await ReadAsync(file, buffer.AsMemory(0, BlockBytes), (long)place * BlockBytes, cancellation);
            var id = IdOf(place, buffer.AsSpan(0, length));
            var target = await TargetAsync(cancellation);
            if (!target.Staged.Contains(id))
            {
                using var content = new MemoryStream(buffer, 0, length, writable: false);
                await target.Blob.StageBlockAsync(id, content, cancellationToken: cancellation);
            }

            progress?.Report(Interlocked.Add(ref _sent, length));
            return id;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(SafeFileHandle file, Memory<byte> buffer, long offset, CancellationToken cancellation)
    {
        var length = 0;
        while (length < buffer.Length && await RandomAccess.ReadAsync(file, buffer[length..], offset + length, cancellation) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }

    private async Task<BlockTarget> TargetAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return _target is { } target && !(target.Until - DateTimeOffset.UtcNow < s_margin) ? target : _target = await open(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }
}
