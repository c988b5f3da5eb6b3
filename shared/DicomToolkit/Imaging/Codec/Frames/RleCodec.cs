using System.Buffers.Binary;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>RLE lossless (PS3.5 annex G): a segment per byte of each sample, the most significant first, each packed as PackBits.</summary>
internal sealed class RleCodec : IFrameDecoder
{
    private const int HeaderSize = 64;
    private const int MaximumSegments = 15;

    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        var segments = format.Samples * format.BytesPerSample;
        if (frame.Length < HeaderSize || BinaryPrimitives.ReadInt32LittleEndian(frame) != segments)
            throw new DicomCodecException($"RLE frame doesn't have the {segments} segments that its samples need.");

        var pixels = new byte[format.Size];
        for (var segment = 0; segment < segments; segment++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4 + (4 * segment)));
            long end = segment + 1 == segments ? frame.Length : BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(8 + (4 * segment)));
            if (start < HeaderSize || end < start || end > frame.Length)
                throw new DicomCodecException("RLE segment lies outside of its frame.");
            var (first, stride) = Place(segment, format);
            Unpack(frame.AsSpan((int)start, (int)(end - start)), pixels, first, stride, format.PixelCount);
        }

        return new DecodedFrame(pixels, format.IsPlanar);
    }

    public static byte[] Encode(ReadOnlySpan<byte> pixels, FrameFormat format)
    {
        var segments = format.Samples * format.BytesPerSample;
        if (segments > MaximumSegments)
            throw new DicomCodecException($"RLE can't hold {segments} segments.");
        var output = new MemoryStream();
        output.Write(new byte[HeaderSize]);
        var header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, segments);
        for (var segment = 0; segment < segments; segment++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4 + (4 * segment)), (uint)output.Length);
            var (first, stride) = Place(segment, format);
            for (var row = 0; row < format.Height; row++)
                PackRow(pixels, first + (row * format.Width * stride), stride, format.Width, output);
            if (output.Length % 2 == 1)
                output.WriteByte(0);
        }

        output.Position = 0;
        output.Write(header);
        return output.ToArray();
    }

    private static (int First, int Stride) Place(int segment, FrameFormat format)
    {
        var bytes = format.BytesPerSample;
        var (sample, significance) = (segment / bytes, bytes - 1 - (segment % bytes));
        return format.IsPlanar
            ? ((sample * format.PixelCount * bytes) + significance, bytes)
            : ((sample * bytes) + significance, format.Samples * bytes);
    }

    private static void Unpack(ReadOnlySpan<byte> packed, byte[] pixels, int at, int stride, int count)
    {
        var position = 0;
        while (count > 0)
        {
            if (position + 1 >= packed.Length)
                throw new DicomCodecException("RLE segment ends before its frame is full.");
            var control = (sbyte)packed[position++];
            if (control >= 0)
            {
                var length = Math.Min(control + 1, count);
                if (position + length > packed.Length)
                    throw new DicomCodecException("RLE segment ends before its frame is full.");
                for (var i = 0; i < length; i++, at += stride)
                    pixels[at] = packed[position + i];
                position += control + 1;
                count -= length;
            }
            else if (control != -128)
            {
                var length = Math.Min(1 - control, count);
                var value = packed[position++];
                for (var i = 0; i < length; i++, at += stride)
                    pixels[at] = value;
                count -= length;
            }
        }
    }

    private static void PackRow(ReadOnlySpan<byte> pixels, int at, int stride, int count, MemoryStream output)
    {
        var index = 0;
        while (index < count)
        {
            var run = Run(pixels, at, stride, index, count);
            if (run >= 2)
            {
                output.WriteByte((byte)(1 - run));
                output.WriteByte(pixels[at + (index * stride)]);
                index += run;
                continue;
            }

            var start = index++;
            while (index < count && index - start < 128 && Run(pixels, at, stride, index, count) < 3)
                index++;
            output.WriteByte((byte)(index - start - 1));
            for (var i = start; i < index; i++)
                output.WriteByte(pixels[at + (i * stride)]);
        }
    }

    private static int Run(ReadOnlySpan<byte> pixels, int at, int stride, int index, int count)
    {
        var value = pixels[at + (index * stride)];
        var length = 1;
        while (length < 128 && index + length < count && pixels[at + ((index + length) * stride)] == value)
            length++;
        return length;
    }
}
