using System.Buffers;
using System.Buffers.Binary;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO.Buffer;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads stored values of one file's frames: unsigned or signed, 8, 16 or 32 bits allocated, one sample a pixel. Of compressed ones, one frame at a time is in memory.</summary>
internal sealed class FrameDecoder
{
    private readonly DicomDataset _dataset;
    private readonly DicomPixelData? _compressed;
    private readonly PixelOrder _order;
    private DicomPixelData _pixels;
    private int _unpacked;

    /// <summary>Decompresses the first frame if need be.</summary>
    /// <exception cref="RadiomicsException"><c>UnsupportedTransferSyntax</c>, <c>UnsupportedPixelFormat</c>, <c>PixelDataTruncated</c>.</exception>
    public FrameDecoder(DicomFile file)
    {
        if (PixelCheck.FormatFault(file.Dataset) is { } fault)
        {
            throw new RadiomicsException(fault.Code, $"{fault.What}. {fault.Advice}");
        }

        _dataset = file.Dataset;
        var frames = FrameAttributes.CountFrames(_dataset);
        if (_dataset.InternalTransferSyntax.IsEncapsulated && frames > 1)
        {
            EnsureHolds(_dataset, frames, VoxelLimit.Most);
            SetFrames(_dataset, frames);
            _compressed = EntryReader.Guarded(() => DicomPixelData.Create(_dataset));
        }

        var dataset = _compressed is null ? Uncompressed(_dataset) : Unpacked(0);
        _pixels = EntryReader.Guarded(() => DicomPixelData.Create(dataset));
        if (_pixels.SamplesPerPixel != 1 || _pixels.BitsAllocated is not (8 or 16 or 32))
        {
            throw new RadiomicsException(
                "UnsupportedPixelFormat",
                $"A series has {_pixels.SamplesPerPixel} samples of {_pixels.BitsAllocated} bits per pixel; MR intensities are one sample of 8, 16 or 32 bits.");
        }

        if (_pixels.BitsStored < 1 || _pixels.HighBit < _pixels.BitsStored - 1 || _pixels.HighBit >= _pixels.BitsAllocated)
        {
            throw new RadiomicsException(
                "UnsupportedPixelFormat",
                $"A series says that bit {_pixels.HighBit} is the highest of {_pixels.BitsStored} bits stored in {_pixels.BitsAllocated}, which is impossible. Export it again.");
        }

        _order = EntryReader.Guarded(() => PixelOrder.Of(dataset, _pixels));
    }

    /// <summary>Native pixel data in little endian, of a dataset in any transfer syntax.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="mostVoxels">Voxels that it may unpack to.</param>
    /// <exception cref="RadiomicsException">
    /// <c>UnsupportedTransferSyntax</c>, <c>PixelDataTruncated</c>; <c>UnsupportedPixelFormat</c>: the headers ask for more memory than
    /// <paramref name="mostVoxels"/> take.
    /// </exception>
    public static DicomDataset Uncompressed(DicomDataset dataset, int mostVoxels = VoxelLimit.Most)
    {
        var frames = FrameAttributes.CountFrames(dataset);
        SetFrames(dataset, frames);
        var syntax = dataset.InternalTransferSyntax;
        if (!syntax.IsEncapsulated)
        {
            return dataset;
        }

        EnsureHolds(dataset, frames, mostVoxels);
        if (DeflatedFrames.Are(syntax))
        {
            return DeflatedFrames.Inflated(dataset, frames);
        }

        try
        {
            return new DicomTranscoder(syntax, DicomTransferSyntax.ExplicitVRLittleEndian).Transcode(dataset);
        }
        catch (DicomCodecException e) when (IsAbsence(e))
        {
            throw new RadiomicsException(
                "UnsupportedTransferSyntax",
                $"Pixel data in transfer syntax {syntax.UID.UID} ({syntax.UID.Name}) can't be decoded here. Send the study uncompressed.",
                e);
        }
        catch (Exception e) when (EntryReader.IsAboutContent(e))
        {
            throw EntryReader.Truncated(e);
        }
    }

    /// <summary>Whether stored values have more bits than floats hold, so that they have to be read as doubles.</summary>
    public bool IsWide => _pixels.BitsStored > 24;

    /// <summary>Writes <c>stored · slope + intercept</c>, computed in double precision, of a frame to <paramref name="target"/>, row by row.</summary>
    /// <typeparam name="T">Float or double.</typeparam>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>.</exception>
    public void Read<T>(int frame, double slope, double intercept, Span<T> target)
        where T : unmanaged
    {
        var size = (int)((long)target.Length * _pixels.BitsAllocated / 8);
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            ReadFrame(frame, size, bytes);
            Scale(bytes.AsSpan(0, size), slope, intercept, target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void EnsureHolds(DicomDataset dataset, int frames, int mostVoxels)
    {
        var top = new FrameAttributes(dataset, 0);
        if (!VoxelLimit.Holds(top.Integer(DicomTag.Columns) ?? 0, top.Integer(DicomTag.Rows) ?? 0, frames, mostVoxels))
        {
            throw new RadiomicsException(
                "UnsupportedPixelFormat",
                $"The compressed pixel data of an object unpack to more than {mostVoxels} voxels. Send the study uncompressed.");
        }
    }

    /// <summary>Libraries take a 0 for no frame, and its absence for one.</summary>
    private static void SetFrames(DicomDataset dataset, int frames)
    {
        if ((frames > 1 || dataset.Contains(DicomTag.NumberOfFrames)) && new FrameAttributes(dataset, 0).Integer(DicomTag.NumberOfFrames) != frames)
        {
            dataset.AddOrUpdate(DicomTag.NumberOfFrames, frames);
        }
    }

    /// <summary>A frame of compressed pixel data as an object of its own, native.</summary>
    private DicomDataset Unpacked(int frame)
    {
        var one = PixelModule.Of(_dataset, _dataset.InternalTransferSyntax, frames: 1);
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer(EntryReader.Guarded(() =>
            DeflatedFrames.Are(_dataset.InternalTransferSyntax) ? DeflatedFrames.Fragment(_dataset, frame, _compressed!.NumberOfFrames) : _compressed!.GetFrame(frame).Data)));
        one.Add(fragments);
        return Uncompressed(one);
    }

    private void ReadFrame(int frame, int size, byte[] bytes)
    {
        try
        {
            if (_compressed is not null && frame != _unpacked)
            {
                _pixels = DicomPixelData.Create(Unpacked(frame));
                _unpacked = frame;
            }

            var buffer = _pixels.GetFrame(_compressed is null ? frame : 0);
            if (buffer.Size < size)
            {
                throw EntryReader.Truncated();
            }

            buffer.GetByteRange(0, size, bytes);
        }
        catch (Exception e) when (EntryReader.IsAboutContent(e))
        {
            throw EntryReader.Truncated(e);
        }
    }

    private void Scale<T>(ReadOnlySpan<byte> bytes, double slope, double intercept, Span<T> target)
        where T : unmanaged
    {
        var (shift, unused) = (_pixels.HighBit + 1 - _pixels.BitsStored, 32 - _pixels.BitsStored);
        var signed = _pixels.PixelRepresentation == PixelRepresentation.Signed;
        switch (_pixels.BitsAllocated)
        {
            case 8:
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = Value(bytes[i]);
                }

                break;
            case 16:
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = Value(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]));
                }

                break;
            default:
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = Value(_order.Read32(bytes[(4 * i)..]));
                }

                break;
        }

        // The stored bits, moved to the top and back: this drops what lies above and below them and extends the sign.
        T Value(uint raw)
        {
            var value = raw >> shift << unused;
            var stored = signed ? (double)((int)value >> unused) : value >> unused;
            var intensity = stored * slope + intercept;
            return typeof(T) == typeof(float) ? (T)(object)(float)intensity : (T)(object)intensity;
        }
    }

    /// <summary>Whether there is no decoder, or its native library isn't there, rather than one that chokes on damaged data. fo-dicom has one exception for all.</summary>
    private static bool IsAbsence(DicomCodecException e) =>
        e.Message.Contains("not supported", StringComparison.OrdinalIgnoreCase) || e.Message.StartsWith("Unable to load", StringComparison.Ordinal);
}
