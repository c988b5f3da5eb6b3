using System.Buffers.Binary;

namespace Radiomics.Dicom;

/// <summary>An RLE frame of one byte segment (PS3.5 annex G), for pixels of single bits, which the libraries' codecs don't take.</summary>
internal static class RleFrame
{
    private const int HeaderLength = 64;

    /// <summary>The bytes of the frame's first segment, at most <paramref name="most"/>; fewer if it ends before.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> frame, int most)
    {
        if (frame.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(frame) != 1 || BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) != HeaderLength)
        {
            throw EntryReader.Truncated();
        }

        var packed = frame[HeaderLength..];
        var bytes = new byte[most];
        var count = 0;
        for (var at = 0; at + 1 < packed.Length && count < most;)
        {
            var control = (sbyte)packed[at++];
            if (control >= 0)
            {
                var length = Math.Min(Math.Min(control + 1, most - count), packed.Length - at);
                packed.Slice(at, length).CopyTo(bytes.AsSpan(count));
                (at, count) = (at + control + 1, count + length);
            }
            else if (control != sbyte.MinValue)
            {
                var length = Math.Min(1 - control, most - count);
                bytes.AsSpan(count, length).Fill(packed[at++]);
                count += length;
            }
        }

        return bytes[..count];
    }
}
