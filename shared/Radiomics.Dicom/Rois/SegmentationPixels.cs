using System.Buffers.Binary;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// The stored values of a SEG's frames, native or compressed, a frame at a time. One-bit frames are packed without gaps when native, least
/// significant bit first: where rows · columns is no multiple of 8, a frame starts in the middle of a byte (PS3.5 8.2, PS3.3 C.8.20.2).
/// </summary>
internal sealed class SegmentationPixels
{
    private readonly DicomDataset _dataset;
    private readonly DicomPixelData? _compressed;
    private readonly IByteBuffer? _native;
    private readonly int _frames;
    private readonly int _area;
    private readonly int _bits;

    /// <summary>Checks what the headers say; compressed frames are decoded when they are read.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public SegmentationPixels(DicomDataset dataset, int frames, int area, int bits)
    {
        (_frames, _area, _bits) = (frames, area, bits);
        var syntax = dataset.InternalTransferSyntax;
        if (!syntax.IsEncapsulated)
        {
            _dataset = dataset;
            _native = (dataset.GetDicomItem<DicomItem>(DicomTag.PixelData) as DicomElement)?.Buffer;
            if (_native is null || _native.Size * 8.0 < (double)frames * area * bits)
            {
                throw EntryReader.Truncated();
            }

            return;
        }

        _dataset = Described(dataset, frames);
        _compressed = EntryReader.Guarded(() => DicomPixelData.Create(_dataset));
    }

    /// <summary>Writes the values of a frame to <paramref name="target"/>, row by row.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>.</exception>
    public void Read(int frame, Span<ushort> target)
    {
        if (_native is { } native)
        {
            var from = (long)frame * _area * _bits;
            var bytes = Range(native, from / 8, (from + ((long)_area * _bits) + 7) / 8, out var start);
            Unpack(bytes, (from - (8 * start)) / _bits, _bits, target);
            return;
        }

        var syntax = _dataset.InternalTransferSyntax;
        var packed = (int)((((long)_area * _bits) + 7) / 8);
        if (DeflatedFrames.Are(syntax))
        {
            Unpack(DeflatedFrames.Inflate(_dataset, frame, _frames, packed), 0, _bits, target);
        }
        else if (_bits == 1 && syntax == DicomTransferSyntax.RLELossless)
        {
            // PS3.5 G.2 makes a byte of a pixel, but writers that pack bits first are about, too.
            var bytes = RleFrame.Decode(Fragment(frame), _area);
            Unpack(bytes, 0, bytes.Length >= _area ? 8 : bytes.Length >= packed ? 1 : throw EntryReader.Truncated(), target);
        }
        else
        {
            Unpack(Decoded(frame), 0, Math.Max(_bits, 8), target);
        }
    }

    /// <summary>Bytes of native pixel data, from the last place before them at which none of the words begins that a library may have to swap.</summary>
    private static byte[] Range(IByteBuffer native, long from, long to, out long start)
    {
        const int word = 8;
        start = from / word * word;
        var bytes = new byte[Math.Min((to + word - 1) / word * word, native.Size) - start];
        var (offset, count) = (start, bytes.Length);
        EntryReader.Guarded(() =>
        {
            native.GetByteRange(offset, count, bytes);
            return bytes;
        });
        return bytes;
    }

    private static void Unpack(byte[] bytes, long start, int bits, Span<ushort> target)
    {
        if (bytes.LongLength * 8.0 < (start + target.Length) * (double)bits)
        {
            throw EntryReader.Truncated();
        }

        for (var i = 0; i < target.Length; i++)
        {
            var n = start + i;
            target[i] = bits switch
            {
                1 => (ushort)((bytes[n >> 3] >> (int)(n & 7)) & 1),
                8 => bytes[n],
                _ => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)(2 * n))),
            };
        }
    }

    /// <summary>
    /// What a decoder needs to know and no more: the descriptions of thousands of frames would be copied with each. Codecs know no pixels of
    /// single bits; theirs come out as bytes.
    /// </summary>
    private DicomDataset Described(DicomDataset dataset, int frames)
    {
        var described = PixelModule.Of(dataset, dataset.InternalTransferSyntax, frames);
        described.Add(dataset.GetDicomItem<DicomItem>(DicomTag.PixelData));
        if (_bits == 1)
        {
            described.AddOrUpdate(DicomTag.BitsAllocated, (ushort)8);
            described.AddOrUpdate(DicomTag.BitsStored, (ushort)8);
            described.AddOrUpdate(DicomTag.HighBit, (ushort)7);
        }

        return described;
    }

    private byte[] Fragment(int frame) => EntryReader.Guarded(() => _compressed!.GetFrame(frame).Data);

    private byte[] Decoded(int frame)
    {
        var one = PixelModule.Of(_dataset, _dataset.InternalTransferSyntax, frames: 1);
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer(Fragment(frame)));
        one.Add(fragments);
        return EntryReader.Guarded(() => FrameDecoder.Uncompressed(one).GetValues<byte>(DicomTag.PixelData));
    }
}
