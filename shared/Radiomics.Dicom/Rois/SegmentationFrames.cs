using System.Buffers.Binary;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// The frames of a SEG and where they lie. One-bit frames are packed without gaps, least significant bit first: where rows · columns is
/// no multiple of 8, a frame
/// starts in the middle of a byte (PS3.5 8.2, PS3.3 C.8.20.2).
/// </summary>
internal sealed class SegmentationFrames
{
    private readonly byte[] _pixels;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _bits;
    private readonly double _half;
    private readonly Frame[] _frames;

    /// <summary>Reads the frames' positions, and the pixel data.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>RoiUnreadable</c>.</exception>
    public SegmentationFrames(DicomDataset dataset)
    {
        var top = new FrameAttributes(dataset, 0);
        _rows = top.Integer(DicomTag.Rows) ?? 0;
        _columns = top.Integer(DicomTag.Columns) ?? 0;
        _bits = top.Integer(DicomTag.BitsAllocated) ?? 1;
        _half = top.Text(DicomTag.SegmentationType) == "FRACTIONAL" ? (top.Integer(DicomTag.MaximumFractionalValue) ?? 255) / 2.0 : 0.5;
        var frames = Math.Max(top.Integer(DicomTag.NumberOfFrames) ?? 1, 1);
        if (_rows < 1 || _columns < 1 || (frames > 1 && frames > FrameAttributes.CountDescribed(dataset)))
        {
            throw Unreadable("It has no size, or fewer frames described than counted");
        }

        _frames = [.. Enumerable.Range(0, frames).Select(frame => ReadFrame(dataset, frame))];
        _pixels = FrameDecoder.Uncompressed(dataset).GetValues<byte>(DicomTag.PixelData);
        if (_bits is not (1 or 8 or 16))
        {
            throw Unreadable($"It has {_bits} bits per pixel");
        }

        if (_pixels.LongLength * 8.0 < (double)_frames.Length * _rows * _columns * _bits)
        {
            throw EntryReader.Truncated();
        }
    }

    /// <summary>The segment on a grid of its own: the slices that the object has frames for, and those between them.</summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>: the frames lie in no common grid.</exception>
    public Mask MaskOf(int segment)
    {
        var own = _frames.Where(frame => frame.Segment == segment).ToArray();
        if (own.Length == 0)
        {
            throw Unreadable("A segment has no frame");
        }

        var first = own[0];
        var (x, y) = (first.DirectionX.Normalized(), first.DirectionY.Normalized());
        var normal = x.Cross(y);
        if (own.Any(frame => frame.DirectionX.Dot(x) < 0.9995 || frame.DirectionY.Dot(y) < 0.9995))
        {
            throw Unreadable("Frames of a segment have different orientations");
        }

        var sorted = own.OrderBy(frame => frame.Position.Dot(normal)).ToArray();
        var spacing = SliceSpacing([.. sorted.Select(frame => frame.Position.Dot(normal))], first);
        var origin = sorted[0].Position;
        var slices = Math.Round((sorted[^1].Position - origin).Dot(normal) / spacing) + 1;
        if (!VoxelLimit.Holds(_columns, _rows, slices))
        {
            throw Unreadable($"The frames of a segment span more than {VoxelLimit.Most} voxels");
        }

        var geometry = new VolumeGeometry
        {
            SizeX = _columns,
            SizeY = _rows,
            SizeZ = (int)slices,
            SpacingX = first.PixelSpacing.X,
            SpacingY = first.PixelSpacing.Y,
            SpacingZ = spacing,
            Origin = origin,
            DirectionX = x,
            DirectionY = y,
            DirectionZ = normal,
        };
        var voxels = new byte[geometry.Count];
        foreach (var frame in sorted)
        {
            var k = (int)Math.Round((frame.Position - origin).Dot(normal) / spacing);
            Unpack(frame.Index, voxels.AsSpan(k * _rows * _columns, _rows * _columns));
        }

        return new Mask(geometry, voxels);
    }

    /// <summary>
    /// Frames that hold nothing are often left out, so gaps may be multiples of the spacing: the smallest gap is the spacing, unless the
    /// header knows a finer one.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>: some gap is no multiple of it, so a frame would land on a wrong slice.</exception>
    private static double SliceSpacing(double[] offsets, Frame frame)
    {
        const double samePlace = 1e-2;
        var gaps = offsets.Zip(offsets.Skip(1), (a, b) => b - a).Where(gap => gap > samePlace).ToArray();
        double?[] headers = [frame.SpacingBetweenSlices, frame.SliceThickness];
        var declared = headers.FirstOrDefault(value => value > 0);
        if (gaps.Length == 0)
        {
            return declared ?? 1;
        }

        if (declared is { } known && AreMultiplesOf(known))
        {
            return known;
        }

        var smallest = gaps.Min();
        return AreMultiplesOf(smallest)
            ? smallest
            : throw Unreadable("The frames of a segment are unevenly spaced");

        bool AreMultiplesOf(double spacing) =>
            gaps.All(gap => gap > 0.9 * spacing && Math.Abs((gap / spacing) - Math.Round(gap / spacing)) < 0.1);
    }

    private void Unpack(int frame, Span<byte> target)
    {
        var start = (long)frame * target.Length;
        for (var i = 0; i < target.Length; i++)
        {
            var n = start + i;
            var inside = _bits switch
            {
                1 => ((_pixels[n >> 3] >> (int)(n & 7)) & 1) == 1,
                8 => _pixels[n] >= _half,
                _ => BinaryPrimitives.ReadUInt16LittleEndian(_pixels.AsSpan((int)(2 * n))) >= _half,
            };
            if (inside)
            {
                target[i] = 1;
            }
        }
    }

    private static Frame ReadFrame(DicomDataset dataset, int index)
    {
        var frame = new FrameAttributes(dataset, index);
        if (frame.Numbers(DicomTag.ImagePositionPatient, DicomTag.PlanePositionSequence) is not [var px, var py, var pz]
            || frame.Numbers(DicomTag.ImageOrientationPatient, DicomTag.PlaneOrientationSequence) is not [var xx, var xy, var xz, var yx, var yy, var yz]
            || frame.Numbers(DicomTag.PixelSpacing, DicomTag.PixelMeasuresSequence) is not [> 0 and var rows, > 0 and var columns])
        {
            throw Unreadable("A frame has no position, orientation or pixel spacing");
        }

        return new Frame(
            index,
            frame.Integer(DicomTag.ReferencedSegmentNumber, DicomTag.SegmentIdentificationSequence) ?? 1,
            new Point3(px, py, pz),
            new Point3(xx, xy, xz),
            new Point3(yx, yy, yz),
            (rows, columns),
            frame.Number(DicomTag.SliceThickness, DicomTag.PixelMeasuresSequence),
            frame.Number(DicomTag.SpacingBetweenSlices, DicomTag.PixelMeasuresSequence));
    }

    private static RadiomicsException Unreadable(string why) =>
        new("RoiUnreadable", $"The segmentation can't be read. {why}. Export it again as DICOM SEG.");

    private sealed record Frame(
        int Index,
        int Segment,
        Point3 Position,
        Point3 DirectionX,
        Point3 DirectionY,
        (double Y, double X) PixelSpacing,
        double? SliceThickness,
        double? SpacingBetweenSlices);
}
