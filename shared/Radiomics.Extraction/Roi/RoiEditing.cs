using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>An ROI as the settings change it before the chain begins, and what that did.</summary>
/// <param name="Roi">The ROI on the image's grid.</param>
/// <param name="Components">Components that the given one had; null if nobody asked.</param>
/// <param name="Warnings">A sentence where an option did nothing.</param>
internal sealed record EditedRoi(Mask Roi, int? Components, IReadOnlyList<string> Warnings);

/// <summary>Largest component, hole filling, dilation and erosion.</summary>
internal static class RoiEditing
{
    /// <summary>Changes a copy of the ROI.</summary>
    /// <param name="roi">The ROI; a voxel that isn't 0 is inside.</param>
    /// <param name="settings">What is asked for.</param>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>: no voxel inside, or erosion leaves none.</exception>
    public static EditedRoi Apply(Mask roi, RoiSettings settings)
    {
        var g = roi.Geometry;
        var whole = VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ));
        var bounds = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw new RadiomicsException("EmptyRoi", "The ROI has no voxel inside.");
        var mask = Array.ConvertAll(bounds.CutFrom(roi.Voxels, whole), voxel => Math.Min(voxel, (byte)1));
        int? components = null;
        if (settings.LargestComponent)
        {
            (mask, var count) = RoiComponents.Largest(mask, bounds);
            components = count;
        }

        if (settings.FillHoles != HoleFilling.None)
        {
            mask = RoiComponents.Filled(mask, bounds, settings.FillHoles == HoleFilling.InSlices);
        }

        var result = new byte[roi.Voxels.Length];
        bounds.PasteInto(mask, result, whole);
        List<string> warnings = [];
        if (settings.Margin != 0)
        {
            var moved = RoiGrowth.ByDistance(result, g, settings.Margin);
            if (moved.AsSpan().SequenceEqual(result))
            {
                warnings.Add($"'roi.margin' of {Number(settings.Margin)} mm is less than the voxels of this image are apart, and changes nothing.");
            }

            result = moved;
        }

        return result.AsSpan().Contains((byte)1) ? new(new(g, result), components, warnings) : throw new RadiomicsException(
            "EmptyRoi",
            $"Erosion by {Number(-settings.Margin)} mm ('roi.margin') leaves no voxel of the ROI, which has {roi.Voxels.Length - roi.Voxels.AsSpan().Count((byte)0)}; choose less.");
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
