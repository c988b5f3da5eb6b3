namespace Radiomics.Extraction;

/// <summary>
/// Grows and shrinks an ROI. Voxels are taken in by their distance from the ROI in mm (given away by that from the rest), so that anisotropic voxels make no difference;
/// those that lie equally near are taken at random, as Zwanenburg et al. (2019) do with the last rim. The grid's edge isn't a border of the ROI.
/// </summary>
internal static class RoiGrowth
{
    /// <summary>The ROI with that share of its voxels more, or less where negative; as near to it as the grid has room.</summary>
    public static byte[] ByVolume(byte[] roi, VolumeGeometry g, double share, CounterRandom random)
    {
        var size = (g.SizeX, g.SizeY, g.SizeZ);
        if (VoxelBox.Around(roi, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return roi;
        }

        var wanted = (int)Math.Round(Math.Abs(share) * roi.AsSpan().Count((byte)1));
        for (var voxels = share > 0 ? 4 : 1; ; voxels *= 2)
        {
            // Beyond the box that was looked at, nearer voxels than those in its corners may lie.
            var reach = box.Grow(new(voxels, voxels, voxels), size);
            var complete = share < 0 || reach == VoxelBox.Whole(size);
            var seen = complete ? double.PositiveInfinity : voxels * Math.Min(g.SpacingX, Math.Min(g.SpacingY, g.SpacingZ));
            var near = Rim(roi, g, reach, share > 0)
                .Where(voxel => voxel.Distance <= seen)
                .Select(voxel => (voxel.Distance, Tie: random.Bits((ulong)voxel.Index), voxel.Index))
                .ToArray();
            if (near.Length >= wanted || complete)
            {
                Array.Sort(near);
                return With(roi, near.Take(wanted).Select(voxel => voxel.Index), share > 0);
            }
        }
    }

    /// <summary>The ROI with its surface moved outwards, or inwards where negative.</summary>
    public static byte[] ByMargin(byte[] roi, VolumeGeometry g, double margin, CounterRandom random)
    {
        if (VoxelBox.Around(roi, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return roi;
        }

        var depth = Math.Abs(margin);
        VoxelMargin around = margin < 0 ? new(1, 1, 1) : new(Voxels(depth, g.SpacingX), Voxels(depth, g.SpacingY), Voxels(depth, g.SpacingZ));
        var rim = Rim(roi, g, box.Grow(around, (g.SizeX, g.SizeY, g.SizeZ)), margin > 0);
        return With(roi, rim.Where(voxel => random.Uniform((ulong)voxel.Index) < voxel.Covered(depth)).Select(voxel => voxel.Index), margin > 0);
    }

    /// <summary>
    /// The ROI with every voxel whose center lies so near, in mm, to that of one inside; where negative, without those that lie so near to one outside. Nothing is left to
    /// chance: a margin smaller than a voxel changes nothing.
    /// </summary>
    public static byte[] ByDistance(byte[] roi, VolumeGeometry g, double margin)
    {
        if (VoxelBox.Around(roi, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return roi;
        }

        var reach = Math.Abs(margin) * (1 + 1e-9);
        VoxelMargin around = margin < 0 ? new(1, 1, 1) : new((int)(reach / g.SpacingX), (int)(reach / g.SpacingY), (int)(reach / g.SpacingZ));
        byte[] result = [.. roi];
        foreach (var voxel in Rim(roi, g, box.Grow(around, (g.SizeX, g.SizeY, g.SizeZ)), margin > 0))
        {
            if (voxel.Distance <= reach)
            {
                result[voxel.Index] = margin > 0 ? (byte)1 : (byte)0;
            }
        }

        return result;
    }

    private static int Voxels(double margin, double spacing) => (int)Math.Ceiling(margin / spacing) + 1;

    /// <summary>The voxels of a box that aren't in the ROI (or, shrinking, that are), with how far the ROI (or the rest) is.</summary>
    private static IEnumerable<RimVoxel> Rim(byte[] roi, VolumeGeometry g, VoxelBox box, bool outside)
    {
        var cut = box.CutFrom(roi, VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ)));
        var target = outside ? (byte)1 : (byte)0;
        var nearest = NearestVoxel.Of(cut, target, (box.SizeX, box.SizeY, box.SizeZ), (g.SpacingX, g.SpacingY, g.SpacingZ));
        for (var n = 0; n < cut.Length; n++)
        {
            if (cut[n] != target && nearest[n] is >= 0 and var m)
            {
                var (i, j, k) = (n % box.SizeX, n / box.SizeX % box.SizeY, n / box.SizeX / box.SizeY);
                var (x, y, z) = (Math.Abs(i - m % box.SizeX), Math.Abs(j - m / box.SizeX % box.SizeY), Math.Abs(k - m / box.SizeX / box.SizeY));
                var distance = new Point3(x * g.SpacingX, y * g.SpacingY, z * g.SpacingZ).Length;
                yield return new(((box.Z + k) * g.SizeY + box.Y + j) * g.SizeX + box.X + i, distance, distance / (x + y + z));
            }
        }
    }

    private static byte[] With(byte[] roi, IEnumerable<int> voxels, bool inside)
    {
        byte[] result = [.. roi];
        foreach (var voxel in voxels)
        {
            result[voxel] = inside ? (byte)1 : (byte)0;
        }

        return result;
    }

    /// <summary>A voxel beyond the surface: its index, the distance of centers, and that of the layers of voxels along this way, mm.</summary>
    private readonly record struct RimVoxel(int Index, double Distance, double Layer)
    {
        /// <summary>
        /// Share of the voxel that a margin covers. The surface runs half a layer from the last center inside, so that the voxel's own layer lies between
        /// distance − layer and distance beyond it.
        /// </summary>
        public double Covered(double margin) => Math.Clamp((margin - (Distance - Layer)) / Layer, 0, 1);
    }
}
