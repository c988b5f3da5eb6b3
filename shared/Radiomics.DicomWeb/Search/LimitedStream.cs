using Radiomics.DicomWeb.Http;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Search;

/// <summary>Reads no more than so much between two datasets, since each is held whole.</summary>
internal sealed class LimitedStream(Stream inner, int status) : ForwardStream
{
    private const long LargestDataset = 64 << 20;

    private long _left = LargestDataset;

    /// <summary>A dataset is read; the next may be as large again.</summary>
    public void Renew() => _left = LargestDataset;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    private int Count(int read) => (_left -= read) >= 0
        ? read
        : throw Answers.Unreadable(status, $"one dataset in it has more than {LargestDataset >> 20} MB");
}
