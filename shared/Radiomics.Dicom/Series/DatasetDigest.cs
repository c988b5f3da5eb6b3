using System.Buffers.Binary;
using System.Security.Cryptography;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Radiomics.Dicom;

/// <summary>A digest of what a dataset says, whichever way it was encoded: without value representations, group lengths, padding and private elements.</summary>
internal static class DatasetDigest
{
    // Pixel data may lie on the disk, and be larger than the memory should be.
    private const int PieceBytes = 1 << 16;

    /// <summary>SHA-256 over tags and values, lower-case hex.</summary>
    public static string Of(IEnumerable<DicomItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, items);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, IEnumerable<DicomItem> items)
    {
        foreach (var item in items.Where(item => item.Tag.Element != 0 && !item.Tag.IsPrivate))
        {
            switch (item)
            {
                case DicomSequence sequence:
                    Append(hash, item.Tag, sequence.Items.Count);
                    foreach (var part in sequence.Items)
                    {
                        Append(hash, part);
                        Append(hash, DicomTag.ItemDelimitationItem, 0);
                    }

                    break;
                case DicomFragmentSequence fragments:
                    Append(hash, item.Tag, fragments.Fragments.Count);
                    foreach (var fragment in fragments.Fragments)
                    {
                        Append(hash, fragment, fragment.Size);
                    }

                    break;
                case DicomElement { Buffer: var buffer }:
                    var length = WithoutPadding(buffer);
                    Append(hash, item.Tag, (int)Math.Min(length, int.MaxValue));
                    Append(hash, buffer, length);
                    break;
            }
        }
    }

    /// <summary>Bytes of a value without the padding at its end, which may be all of it.</summary>
    private static long WithoutPadding(IByteBuffer buffer)
    {
        var piece = new byte[Math.Min(PieceBytes, buffer.Size)];
        for (var end = buffer.Size; end > 0;)
        {
            var count = (int)Math.Min(piece.Length, end);
            buffer.GetByteRange(end - count, count, piece);
            if (piece.AsSpan(0, count).TrimEnd([(byte)0, (byte)' ']).Length is > 0 and var kept)
            {
                return end - count + kept;
            }

            end -= count;
        }

        return 0;
    }

    private static void Append(IncrementalHash hash, IByteBuffer buffer, long length)
    {
        // Whole pieces, since a library swaps words of a big-endian value, and the padding may begin within one.
        var piece = new byte[Math.Min(PieceBytes, buffer.Size)];
        for (var at = 0L; at < length; at += piece.Length)
        {
            buffer.GetByteRange(at, (int)Math.Min(piece.Length, buffer.Size - at), piece);
            hash.AppendData(piece.AsSpan(0, (int)Math.Min(piece.Length, length - at)));
        }
    }

    private static void Append(IncrementalHash hash, DicomTag tag, int count)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], tag.Element);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], count);
        hash.AppendData(bytes);
    }
}
