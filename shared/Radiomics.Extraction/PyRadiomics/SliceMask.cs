namespace Radiomics.Extraction;

/// <summary>A mask of one slice, columns fastest.</summary>
internal sealed record SliceMask(byte[] Mask, int Columns, int Rows, double ColumnSpacing, double RowSpacing)
{
    /// <summary>The slice of an ROI that has only one across an axis.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: it has more.</exception>
    public static SliceMask Of(RoiGrid roi, SliceAxis across)
    {
        var (box, s) = (roi.Box, roi.Spacing);
        var (slices, slice) = across switch
        {
            SliceAxis.Z => (box.SizeZ, new SliceMask(roi.Mask, box.SizeX, box.SizeY, s.X, s.Y)),
            SliceAxis.Y => (box.SizeY, new SliceMask(roi.Mask, box.SizeX, box.SizeZ, s.X, s.Z)),
            _ => (box.SizeX, new SliceMask(roi.Mask, box.SizeY, box.SizeZ, s.Y, s.Z)),
        };
        return slices == 1
            ? slice
            : throw new RadiomicsException(
                "InvalidSettings",
                $"shape2D measures an ROI of one slice; this one has {slices} across axis {(int)across} (force2Ddimension). Leave shape2D out, or choose the axis or the mask of one slice.");
    }

    /// <summary>Whether a pixel is inside; none is beyond the slice.</summary>
    public bool this[int row, int column] =>
        row >= 0 && row < Rows && column >= 0 && column < Columns && Mask[row * Columns + column] != 0;
}
