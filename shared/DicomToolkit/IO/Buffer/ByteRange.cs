using System.Buffers;

namespace FellowOakDicom.IO.Buffer;

/// <summary>What the buffers share: argument checks and copying in pieces.</summary>
internal static class ByteRange
{
    private const int PieceSize = 128 * 1024;

    public static void Check(byte[] output, int count)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Length < count)
            throw new ArgumentException($"Output array with {output.Length} bytes cannot fit {count} bytes of data", nameof(output));
    }

    public static void CheckWritable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new InvalidOperationException("Cannot copy to non-writable stream");
    }

    public static byte[] All(IByteBuffer buffer)
    {
        var data = new byte[buffer.Size];
        buffer.GetByteRange(0, data.Length, data);
        return data;
    }

    public static void Copy(IByteBuffer buffer, Stream stream)
    {
        CheckWritable(stream);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (long offset = 0; offset < buffer.Size; offset += PieceSize)
            {
                var count = (int)Math.Min(PieceSize, buffer.Size - offset);
                buffer.GetByteRange(offset, count, piece);
                stream.Write(piece, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public static async Task CopyAsync(IByteBuffer buffer, Stream stream, CancellationToken cancellationToken)
    {
        CheckWritable(stream);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (long offset = 0; offset < buffer.Size; offset += PieceSize)
            {
                var count = (int)Math.Min(PieceSize, buffer.Size - offset);
                buffer.GetByteRange(offset, count, piece);
                await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
