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
        var box = settings.Margin == 0 ? bounds : bounds.Grow(Around(settings.Margin, g), (g.SizeX, g.SizeY, g.SizeZ));
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

        List<string> warnings = [];
        if (settings.Margin != 0)
        {
            var placed = new byte[box.Count];
            Place(mask, bounds, placed, box);
            mask = Moved(placed, box, g, settings.Margin);
            if (mask.AsSpan().SequenceEqual(placed))
            {
                warnings.Add($"'roi.margin' of {Number(settings.Margin)} mm is less than the voxels of this image are apart, and changes nothing.");
            }
        }

        if (!mask.AsSpan().Contains((byte)1))
        {
            throw new RadiomicsException(
                "EmptyRoi",
                $"Erosion by {Number(-settings.Margin)} mm ('roi.margin') leaves no voxel of the ROI, which has {roi.Voxels.AsSpan().Length - roi.Voxels.AsSpan().Count((byte)0)}; choose less.");
        }

        var result = new byte[roi.Voxels.Length];
        Place(mask, box, result, whole);
        return new(new(g, result), components, warnings);
    }

    /// <summary>Dilated or eroded by the distance of voxel centers, in mm.</summary>
    private static byte[] Moved(byte[] mask, VoxelBox box, VolumeGeometry g, double margin)
    {
        var (from, size, reach) = (margin > 0 ? (byte)1 : (byte)0, (box.SizeX, box.SizeY, box.SizeZ), Math.Abs(margin) * (1 + 1e-9));
        var nearest = NearestVoxel.Of(mask, from, size, (g.SpacingX, g.SpacingY, g.SpacingZ));
        byte[] moved = [.. mask];
        for (var n = 0; n < mask.Length; n++)
        {
            if (mask[n] == from || nearest[n] < 0)
            {
                continue;
            }

            var m = nearest[n];
            var way = new Point3(
                (n % box.SizeX - m % box.SizeX) * g.SpacingX,
                (n / box.SizeX % box.SizeY - m / box.SizeX % box.SizeY) * g.SpacingY,
                (n / box.SizeX / box.SizeY - m / box.SizeX / box.SizeY) * g.SpacingZ);
            if (way.Length <= reach)
            {
                moved[n] = from;
            }
        }

        return moved;
    }

    /// <summary>How far around the ROI voxels can join it, or lie that let others leave.</summary>
    private static VoxelMargin Around(double margin, VolumeGeometry g) =>
        margin < 0 ? new(1, 1, 1) : new(Voxels(margin, g.SpacingX), Voxels(margin, g.SpacingY), Voxels(margin, g.SpacingZ));

    private static int Voxels(double margin, double spacing) => (int)Math.Floor(margin / spacing * (1 + 1e-9));

    private static void Place(byte[] mask, VoxelBox inner, byte[] target, VoxelBox outer)
    {
        for (var z = 0; z < inner.SizeZ; z++)
        {
            for (var y = 0; y < inner.SizeY; y++)
            {
                var to = ((inner.Z - outer.Z + z) * outer.SizeY + inner.Y - outer.Y + y) * outer.SizeX + inner.X - outer.X;
                mask.AsSpan((z * inner.SizeY + y) * inner.SizeX, inner.SizeX).CopyTo(target.AsSpan(to));
            }
        }
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
