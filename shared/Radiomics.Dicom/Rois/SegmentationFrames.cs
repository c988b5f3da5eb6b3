using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The frames of a SEG, where they lie, and which voxels of them belong to a segment.</summary>
internal sealed class SegmentationFrames
{
    private readonly SegmentationPixels _pixels;
    private readonly int _rows;
    private readonly int _columns;
    private readonly Kind _kind;
    private readonly double _half;
    private readonly Frame[] _frames;
    private readonly int _mostVoxels;

    /// <summary>Reads the frames' positions; pixel data follow when a segment is asked for.</summary>
    /// <param name="dataset">The segmentation.</param>
    /// <param name="mostVoxels">Voxels that a segment's grid may have.</param>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>, <c>RoiUnreadable</c>.</exception>
    public SegmentationFrames(DicomDataset dataset, int mostVoxels = VoxelLimit.Most)
    {
        _mostVoxels = mostVoxels;
        var top = new FrameAttributes(dataset, 0);
        _rows = top.Integer(DicomTag.Rows) ?? 0;
        _columns = top.Integer(DicomTag.Columns) ?? 0;
        var bits = top.Integer(DicomTag.BitsAllocated) ?? throw Unreadable("BitsAllocated is missing or no number");
        _kind = top.Text(DicomTag.SegmentationType)?.ToUpperInvariant() switch
        {
            "FRACTIONAL" => Kind.Fractional,
            "LABELMAP" => Kind.LabelMap,
            _ => Kind.Binary,
        };
        _half = _kind == Kind.Fractional ? (top.Integer(DicomTag.MaximumFractionalValue) ?? 255) / 2.0 : 0.5;
        if (_rows < 1 || _columns < 1 || !VoxelLimit.Holds(_columns, _rows, 1, mostVoxels))
        {
            throw Unreadable("It has no size, or one that nobody can hold");
        }

        if (bits is not (1 or 8 or 16) || (bits == 1 && _kind != Kind.Binary))
        {
            throw Unreadable($"It has {bits} bits per pixel");
        }

        if (!dataset.Contains(DicomTag.PixelData))
        {
            throw EntryReader.Truncated();
        }

        var frames = CountFrames(dataset, top);
        _frames = [.. Enumerable.Range(0, frames).Select(frame => ReadFrame(dataset, frame))];
        _pixels = new SegmentationPixels(dataset, frames, _rows * _columns, bits);
    }

    private enum Kind
    {
        Binary,
        Fractional,
        LabelMap,
    }

    /// <summary>The segment on a grid of its own: the slices that the object has frames for, and those between them.</summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>: the frames lie in no common grid.</exception>
    public Mask MaskOf(int segment)
    {
        var own = _kind == Kind.LabelMap ? _frames : [.. _frames.Where(frame => frame.Segment == segment)];
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
        if (!VoxelLimit.Holds(_columns, _rows, slices, _mostVoxels))
        {
            throw Unreadable($"The frames of a segment span more than {_mostVoxels} voxels");
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
        var values = new ushort[_rows * _columns];
        foreach (var frame in sorted)
        {
            var k = (int)Math.Round((frame.Position - origin).Dot(normal) / spacing);
            _pixels.Read(frame.Index, values);
            Add(values, segment, voxels.AsSpan(k * values.Length, values.Length));
        }

        return new Mask(geometry, voxels);
    }

    private void Add(ReadOnlySpan<ushort> values, int segment, Span<byte> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_kind == Kind.LabelMap ? values[i] == segment : values[i] >= _half)
            {
                target[i] = 1;
            }
        }
    }

    /// <summary>
    /// The frames that the functional groups describe; NumberOfFrames must agree where it can be read. Without either nobody knows how much
    /// of the pixel data is the region.
    /// </summary>
    private static int CountFrames(DicomDataset dataset, FrameAttributes top)
    {
        var described = FrameAttributes.CountDescribed(dataset);
        return top.Integer(DicomTag.NumberOfFrames) switch
        {
            null or < 1 when described > 0 => described,
            1 when described == 0 => 1,
            { } stated when stated == described => stated,
            null or < 1 => throw Unreadable("NumberOfFrames is missing or no number, and no frame is described"),
            _ => throw Unreadable("It counts other frames than it describes"),
        };
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
            frame.Integer(DicomTag.ReferencedSegmentNumber, DicomTag.SegmentIdentificationSequence) ?? OnlySegment(dataset),
            new Point3(px, py, pz),
            new Point3(xx, xy, xz),
            new Point3(yx, yy, yz),
            (rows, columns),
            frame.Number(DicomTag.SliceThickness, DicomTag.PixelMeasuresSequence),
            frame.Number(DicomTag.SpacingBetweenSlices, DicomTag.PixelMeasuresSequence));
    }

    /// <summary>The segment of a frame that names none: that of an object which has but one.</summary>
    private static int? OnlySegment(DicomDataset dataset) =>
        dataset.TryGetSequence(DicomTag.SegmentSequence, out var segments) && segments.Items is [var only]
            ? new FrameAttributes(only, 0).Integer(DicomTag.SegmentNumber)
            : null;

    private static RadiomicsException Unreadable(string why) =>
        new("RoiUnreadable", $"The segmentation can't be read. {why}. Export it again as DICOM SEG.");

    private sealed record Frame(
        int Index,
        int? Segment,
        Point3 Position,
        Point3 DirectionX,
        Point3 DirectionY,
        (double Y, double X) PixelSpacing,
        double? SliceThickness,
        double? SpacingBetweenSlices);
}
