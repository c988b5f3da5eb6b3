namespace Radiomics.Extraction;

/// <summary>One axis of an interpolation grid: voxel i of the new grid lies at <c>Start + i·Step</c> in voxels of the old one.</summary>
internal readonly record struct GridAxis(int OldSize, int Size, double Spacing, double Start, double Step, bool EndsAtBorder)
{
    // Products of spacings and sizes carry rounding of their own; without it a grid could gain a voxel, or an ROI lose a layer.
    private const double SizeTolerance = 1e-4;

    /// <summary>Whether the new voxels are the old ones.</summary>
    public bool IsUnchanged => Start == 0 && Step == 1;

    /// <summary>An axis that stays as it is.</summary>
    public static GridAxis Unchanged(int size, double spacing) => new(size, size, spacing, 0, 1, false);

    /// <summary>The axis for a new spacing (IBSI manual 2.4): as many voxels as the image is long, rounded up.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: too many voxels.</exception>
    public static GridAxis Create(int size, double oldSpacing, double newSpacing, GridAlignment alignment)
    {
        if (newSpacing == oldSpacing)
        {
            return Unchanged(size, oldSpacing);
        }

        var exact = size * oldSpacing / newSpacing;
        if (exact > int.MaxValue / 2)
        {
            throw new RadiomicsException("InvalidSettings", $"'resampling.spacing' of {newSpacing} mm makes too many voxels of this image.");
        }

        var newSize = Math.Max(1, (int)Math.Ceiling(exact - SizeTolerance));
        var step = newSpacing / oldSpacing;
        return alignment == GridAlignment.Center
            ? new(size, newSize, newSpacing, (size - 1) / 2.0 - (newSize - 1) / 2.0 * step, step, false)
            : new(size, newSize, newSpacing, (step - 1) / 2, step, true);
    }

    /// <summary>First new voxel, and how many, that an ROI between two old ones can reach: less than one old voxel beyond, or as far as the border goes on.</summary>
    public (int First, int Count) Reach(int boxStart, int boxSize)
    {
        var end = boxStart + boxSize;
        var first = boxStart == 0 ? 0 : Math.Clamp((int)Math.Ceiling((boxStart - 1 - Start) / Step), 0, Size);
        var last = end == OldSize ? Size - 1 : Math.Clamp((int)Math.Floor((end - Start) / Step), -1, Size - 1);
        while (EndsAtBorder && last >= first && Start + last * Step >= OldSize - 0.5)
        {
            // A voxel whose center lies outside the image, as the last one may where grids begin together, belongs to nothing.
            last--;
        }

        return (first, Math.Max(0, last - first + 1));
    }
}
