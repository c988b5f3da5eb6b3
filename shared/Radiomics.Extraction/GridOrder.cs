namespace Radiomics.Extraction;

/// <summary>
/// How the voxels of one grid lie in the order of another whose axes are the same lines, but stored in another order or from the other end: files of one scan
/// often differ so, as one tool writes LPS, another RAS, and a third slices along another axis.
/// </summary>
internal readonly record struct GridOrder
{
    private readonly int _axisX;
    private readonly int _axisY;
    private readonly int _axisZ;
    private readonly bool _flipsX;
    private readonly bool _flipsY;
    private readonly bool _flipsZ;

    private GridOrder(VolumeGeometry source, VolumeGeometry target, int axisX, int axisY, int axisZ)
    {
        (_axisX, _axisY, _axisZ) = (axisX, axisY, axisZ);
        _flipsX = Direction(source, axisX).Dot(target.DirectionX) < 0;
        _flipsY = Direction(source, axisY).Dot(target.DirectionY) < 0;
        _flipsZ = Direction(source, axisZ).Dot(target.DirectionZ) < 0;
    }

    private bool IsUnchanged => (_axisX, _axisY, _axisZ) == (0, 1, 2) && !_flipsX && !_flipsY && !_flipsZ;

    /// <summary>The order in which the axes of <paramref name="source"/> lie closest to those of <paramref name="target"/>; whether the grids are the same then is another matter.</summary>
    public static GridOrder Closest(VolumeGeometry source, VolumeGeometry target)
    {
        var best = new GridOrder(source, target, 0, 1, 2);
        var most = best.Likeness(source, target);
        foreach (var (x, y, z) in (ReadOnlySpan<(int, int, int)>)[(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
        {
            var order = new GridOrder(source, target, x, y, z);
            if (order.Likeness(source, target) is var likeness && likeness > most + 1e-9)
            {
                (best, most) = (order, likeness);
            }
        }

        return best;
    }

    /// <summary>The grid <paramref name="source"/> in this order: the same points in space.</summary>
    public VolumeGeometry Apply(VolumeGeometry source)
    {
        var (x, y, z) = (Size(source, _axisX), Size(source, _axisY), Size(source, _axisZ));
        var (dx, dy, dz) = (Direction(source, _axisX), Direction(source, _axisY), Direction(source, _axisZ));
        var (sx, sy, sz) = (Spacing(source, _axisX), Spacing(source, _axisY), Spacing(source, _axisZ));
        return new()
        {
            SizeX = x,
            SizeY = y,
            SizeZ = z,
            SpacingX = sx,
            SpacingY = sy,
            SpacingZ = sz,
            Origin = source.Origin + dx * (_flipsX ? (x - 1) * sx : 0) + dy * (_flipsY ? (y - 1) * sy : 0) + dz * (_flipsZ ? (z - 1) * sz : 0),
            DirectionX = _flipsX ? dx * -1 : dx,
            DirectionY = _flipsY ? dy * -1 : dy,
            DirectionZ = _flipsZ ? dz * -1 : dz,
        };
    }

    /// <summary>Voxels of a grid in this order; the given ones themselves where nothing changes.</summary>
    public byte[] Apply(VolumeGeometry source, byte[] voxels)
    {
        if (IsUnchanged)
        {
            return voxels;
        }

        var (x, y, z) = (Size(source, _axisX), Size(source, _axisY), Size(source, _axisZ));
        var (stepX, stepY, stepZ) = (Step(source, _axisX, _flipsX), Step(source, _axisY, _flipsY), Step(source, _axisZ, _flipsZ));
        var first = (stepX < 0 ? (1 - x) * stepX : 0) + (stepY < 0 ? (1 - y) * stepY : 0) + (stepZ < 0 ? (1 - z) * stepZ : 0);
        var ordered = new byte[voxels.Length];
        var to = 0;
        for (var k = 0; k < z; k++)
        {
            for (var j = 0; j < y; j++)
            {
                var from = first + j * stepY + k * stepZ;
                for (var i = 0; i < x; i++, from += stepX)
                {
                    ordered[to++] = voxels[from];
                }
            }
        }

        return ordered;
    }

    private double Likeness(VolumeGeometry source, VolumeGeometry target) =>
        Math.Abs(Direction(source, _axisX).Dot(target.DirectionX))
        + Math.Abs(Direction(source, _axisY).Dot(target.DirectionY))
        + Math.Abs(Direction(source, _axisZ).Dot(target.DirectionZ));

    private static int Step(VolumeGeometry g, int axis, bool flips) => (axis switch { 0 => 1, 1 => g.SizeX, _ => g.SizeX * g.SizeY }) * (flips ? -1 : 1);

    private static int Size(VolumeGeometry g, int axis) => axis switch { 0 => g.SizeX, 1 => g.SizeY, _ => g.SizeZ };

    private static double Spacing(VolumeGeometry g, int axis) => axis switch { 0 => g.SpacingX, 1 => g.SpacingY, _ => g.SpacingZ };

    private static Point3 Direction(VolumeGeometry g, int axis) => axis switch { 0 => g.DirectionX, 1 => g.DirectionY, _ => g.DirectionZ };
}
