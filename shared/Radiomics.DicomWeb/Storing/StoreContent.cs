using System.Text;
using Azure.Core;

namespace Radiomics.DicomWeb.Storing;

/// <summary>
/// A request that stores (STOW-RS, PS3.18 section 10.5.1): the files as parts of <c>multipart/related</c>, copied from their streams to the network. A
/// retry opens them again.
/// </summary>
internal sealed class StoreContent(IReadOnlyList<StoreItem> items) : RequestContent
{
    private const int CopyBytes = 128 << 10;

    private readonly string _boundary = $"{Guid.NewGuid():N}";

    /// <summary>What was thrown when a file was opened or read; null as long as nothing was.</summary>
    public Exception? SourceFault { get; private set; }

    public string ContentType => $"multipart/related; type=\"application/dicom\"; boundary=\"{_boundary}\"";

    private byte[] Opening => Encoding.ASCII.GetBytes($"\r\n--{_boundary}\r\nContent-Type: application/dicom\r\n\r\n");

    private byte[] Closing => Encoding.ASCII.GetBytes($"\r\n--{_boundary}--\r\n");

    public override bool TryComputeLength(out long length)
    {
        length = Closing.Length;
        foreach (var item in items)
        {
            if (item.Length is not { } bytes)
                return false;
            length += Opening.Length + bytes;
        }

        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation) => throw new NotSupportedException("Instances are sent asynchronously.");

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[CopyBytes];
        var opening = Opening;
        foreach (var item in items)
        {
            await stream.WriteAsync(opening, cancellation);
            await using var source = await FromSourceAsync(() => item.Open(cancellation));
            while (await FromSourceAsync(() => source.ReadAsync(buffer, cancellation)) is > 0 and var read)
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        await stream.WriteAsync(Closing, cancellation);
    }

    public override void Dispose()
    {
    }

    private async ValueTask<T> FromSourceAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            SourceFault = e;
            throw;
        }
    }
}
