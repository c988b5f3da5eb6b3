using System.Buffers.Binary;
using System.Numerics;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.IO;

namespace Radiomics.Dicom;

/// <summary>
/// How pixels of 32 bits lie in the bytes that a library gives. It swaps the bytes of OW two by two (PS3.5 7.3), which is right for pixels of
/// 16 bits; of a big-endian number of 32 bits it leaves the words in the wrong order.
/// </summary>
internal readonly record struct PixelOrder
{
    private enum Kind
    {
        LittleEndian,
        BigEndian,
        HighWordFirst,
    }

    private Kind Order { get; init; }

    /// <summary>
    /// The order in a native dataset. Writers of big-endian files store either whole numbers big-endian or, by the letter of PS3.5 annex D,
    /// the low word first: bits that must be unused tell which, and where they don't, the whole number is taken.
    /// </summary>
    public static PixelOrder Of(DicomDataset dataset, DicomPixelData pixels)
    {
        var syntax = dataset.InternalTransferSyntax;
        if (pixels.BitsAllocated != 32 || !(syntax.Endian == Endian.Big || syntax.SwapPixelData))
        {
            return default;
        }

        var whole = dataset.GetDicomItem<DicomItem>(DicomTag.PixelData).ValueRepresentation.Code switch
        {
            "OW" => new PixelOrder { Order = Kind.HighWordFirst },
            "OB" or "UN" => new PixelOrder { Order = Kind.BigEndian },
            _ => default,
        };
        return whole.Order == Kind.HighWordFirst && !whole.LeavesUnused(pixels) && default(PixelOrder).LeavesUnused(pixels) ? default : whole;
    }

    /// <summary>A pixel's 32 bits.</summary>
    public uint Read32(ReadOnlySpan<byte> bytes) => Order switch
    {
        Kind.LittleEndian => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        Kind.BigEndian => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(bytes), 16),
    };

    /// <summary>Whether the bits above the highest stored one are nothing but its sign in all of the first frame.</summary>
    private bool LeavesUnused(DicomPixelData pixels)
    {
        if (pixels.HighBit >= 31)
        {
            return true;
        }

        ReadOnlySpan<byte> frame = pixels.GetFrame(0).Data;
        for (var at = 0; at + 4 <= frame.Length; at += 4)
        {
            var above = (int)Read32(frame[at..]) >> (pixels.HighBit + 1);
            if (above is not (0 or -1))
            {
                return false;
            }
        }

        return true;
    }
}
