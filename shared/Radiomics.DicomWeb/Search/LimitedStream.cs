using Radiomics.DicomWeb.Http;

namespace Radiomics.DicomWeb.Search;

/// <summary>Reads no more than so much between two datasets, since each is held whole.</summary>
internal sealed class LimitedStream(Stream inner, int status) : Stream
{
    private const long LargestDataset = 64 << 20;

    private long _left = LargestDataset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>A dataset is read; the next may be as large again.</summary>
    public void Renew() => _left = LargestDataset;

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read) => (_left -= read) >= 0
        ? read
        : throw Answers.Unreadable(status, $"one dataset in it has more than {LargestDataset >> 20} MB");
}
