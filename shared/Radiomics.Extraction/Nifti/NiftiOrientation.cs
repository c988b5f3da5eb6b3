namespace Radiomics.Extraction;

/// <summary>Between NIfTI's sform, qform and pixdim (mm or other units, RAS) and <see cref="VolumeGeometry"/> (mm, LPS).</summary>
internal static class NiftiOrientation
{
    private const double Orthogonality = 1e-3;

    /// <summary>By how many mm qform and sform may place a corner apart before that is told.</summary>
    private const double Disagreement = 0.1;

    /// <summary>
    /// The sform or the qform, whichever ITK takes, else the voxel sizes alone. ITK (since 5.1) takes a sform whose axes are orthogonal if there is no qform, if it is
    /// of the scanner's coordinates (code 1), or if the qform says the same; else the qform, if there is one.
    /// </summary>
    public static VolumeGeometry Read(NiftiFields fields, int sizeX, int sizeY, int sizeZ, List<string> warnings)
    {
        var unit = (fields.Units & 7) switch { 1 => 1000.0, 3 => 0.001, _ => 1.0 };
        if (fields.Dimensions[0] == 2 && fields.VoxelSizes[3] == 0)
        {
            // A plane's thickness is often left out; it is one unit then.
            fields = fields with { VoxelSizes = [.. fields.VoxelSizes.AsSpan(0, 3), 1] };
        }

        var (columns, origin) = fields is { SformCode: > 0, QformCode: > 0 } ? Preferred(fields, (sizeX, sizeY, sizeZ), unit, warnings)
            : fields.SformCode > 0 ? FromSform(fields)
            : fields.QformCode > 0 ? FromQform(fields)
            : FromVoxelSizes(fields);
        var geometry = new VolumeGeometry
        {
            SizeX = sizeX,
            SizeY = sizeY,
            SizeZ = sizeZ,
            SpacingX = Spacing(columns[0], fields.VoxelSizes[1]) * unit,
            SpacingY = Spacing(columns[1], fields.VoxelSizes[2]) * unit,
            SpacingZ = Spacing(columns[2], fields.VoxelSizes[3]) * unit,
            Origin = FlipXY(origin) * unit,
            DirectionX = FlipXY(columns[0]).Normalized(),
            DirectionY = FlipXY(columns[1]).Normalized(),
            DirectionZ = FlipXY(columns[2]).Normalized(),
        };
        if (!IsUsable(geometry))
        {
            throw NiftiHeader.Invalid("Its axes are not finite, not orthogonal, or of no length.");
        }

        return geometry;
    }

    /// <summary>The header of a grid, with the same place as sform and as qform (code 1, scanner coordinates).</summary>
    public static NiftiFields Fields(VolumeGeometry geometry, short dataType)
    {
        var x = FlipXY(geometry.DirectionX);
        var y = FlipXY(geometry.DirectionY);
        var z = FlipXY(geometry.DirectionZ);
        var origin = FlipXY(geometry.Origin);
        var qfac = x.Cross(y).Dot(z) < 0 ? -1 : 1;
        var (b, c, d) = Quaternion(x, y, z * qfac);
        var (sx, sy, sz) = (x * geometry.SpacingX, y * geometry.SpacingY, z * geometry.SpacingZ);
        return new()
        {
            DataType = dataType,
            Dimensions = [3, geometry.SizeX, geometry.SizeY, geometry.SizeZ, 1, 1, 1, 1],
            VoxelSizes = [qfac, geometry.SpacingX, geometry.SpacingY, geometry.SpacingZ, 1, 1, 1, 1],
            DataOffset = 0,
            Slope = 1,
            Units = 2,
            QformCode = 1,
            SformCode = 1,
            Quaternion = new(b, c, d),
            Offset = origin,
            Rows = [sx.X, sy.X, sz.X, origin.X, sx.Y, sy.Y, sz.Y, origin.Y, sx.Z, sy.Z, sz.Z, origin.Z],
        };
    }

    private static (Point3[] Columns, Point3 Origin) Preferred(NiftiFields fields, (int X, int Y, int Z) size, double unit, List<string> warnings)
    {
        var (sform, qform) = (FromSform(fields), FromQform(fields));
        var apart = 0.0;
        for (var corner = 0; corner < 8; corner++)
        {
            var (i, j, k) = ((corner & 1) * (size.X - 1), (corner >> 1 & 1) * (size.Y - 1), (corner >> 2) * (size.Z - 1));
            apart = Math.Max(apart, (At(sform, i, j, k) - At(qform, i, j, k)).Length * unit);
        }

        var takesSform = IsOrthogonal(sform.Columns) && (fields.SformCode == 1 || apart <= VolumeGeometry.SameGridTolerance);
        if (!(apart <= Disagreement))
        {
            var distance = apart.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
            warnings.Add(
                $"qform and sform of the NIfTI file place a corner {distance} mm apart: the {(takesSform ? "sform" : "qform")} is taken, as ITK does" +
                (takesSform ? "." : IsOrthogonal(sform.Columns) ? ", since the sform isn't of the scanner's coordinates (code 1)." : ", since the sform's axes aren't orthogonal."));
        }

        return takesSform ? sform : qform;
    }

    private static Point3 At((Point3[] Columns, Point3 Origin) form, int i, int j, int k) =>
        form.Origin + form.Columns[0] * i + form.Columns[1] * j + form.Columns[2] * k;

    /// <summary>As ITK asks for it: no product of two directions beyond 10⁻⁴.</summary>
    private static bool IsOrthogonal(Point3[] columns)
    {
        var (x, y, z) = (columns[0].Normalized(), columns[1].Normalized(), columns[2].Normalized());
        return Math.Abs(x.Dot(y)) < 1e-4 && Math.Abs(y.Dot(z)) < 1e-4 && Math.Abs(x.Dot(z)) < 1e-4;
    }

    private static (Point3[] Columns, Point3 Origin) FromSform(NiftiFields fields)
    {
        Point3 Column(int i) => new(fields.Rows[i], fields.Rows[4 + i], fields.Rows[8 + i]);
        return ([Column(0), Column(1), Column(2)], Column(3));
    }

    private static (Point3[] Columns, Point3 Origin) FromQform(NiftiFields fields)
    {
        var (b, c, d) = fields.Quaternion;
        var length = fields.Quaternion.Length;
        var a = Math.Sqrt(Math.Max(0, 1 - length * length));
        if (1 - length * length < 1e-7)
        {
            // A half turn, but for a float's rounding, which the square root would make a thousand times larger.
            (a, b, c, d) = (0, b / length, c / length, d / length);
        }

        var qfac = fields.VoxelSizes[0] < 0 ? -1 : 1;
        var x = new Point3(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c));
        var y = new Point3(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b));
        var z = new Point3(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c);
        return ([x * fields.VoxelSizes[1], y * fields.VoxelSizes[2], z * (qfac * fields.VoxelSizes[3])], fields.Offset);
    }

    private static (Point3[] Columns, Point3 Origin) FromVoxelSizes(NiftiFields fields) =>
        ([new(fields.VoxelSizes[1], 0, 0), new(0, fields.VoxelSizes[2], 0), new(0, 0, fields.VoxelSizes[3])], Point3.Zero);

    /// <summary>The column's length; the header's voxel size where the two differ by no more than a float's rounding.</summary>
    private static double Spacing(Point3 column, double stored) =>
        Math.Abs(column.Length - stored) <= 1e-5 * stored ? stored : column.Length;

    private static Point3 FlipXY(Point3 p) => new(0 - p.X, 0 - p.Y, p.Z);

    private static bool IsUsable(VolumeGeometry g)
    {
        ReadOnlySpan<double> all = [g.SpacingX, g.SpacingY, g.SpacingZ, g.Origin.X, g.Origin.Y, g.Origin.Z];
        foreach (var value in all)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return g is { SpacingX: > 0, SpacingY: > 0, SpacingZ: > 0 }
            && Math.Abs(g.DirectionX.Dot(g.DirectionY)) < Orthogonality
            && Math.Abs(g.DirectionY.Dot(g.DirectionZ)) < Orthogonality
            && Math.Abs(g.DirectionX.Dot(g.DirectionZ)) < Orthogonality;
    }

    /// <summary>(b, c, d) of the unit quaternion, a ≥ 0, of the rotation with these columns; from its largest component, which is the stable way.</summary>
    private static (double B, double C, double D) Quaternion(Point3 x, Point3 y, Point3 z)
    {
        var trace = x.X + y.Y + z.Z;
        double a, b, c, d;
        if (trace > 0)
        {
            a = Math.Sqrt(1 + trace) / 2;
            (b, c, d) = ((y.Z - z.Y) / (4 * a), (z.X - x.Z) / (4 * a), (x.Y - y.X) / (4 * a));
        }
        else if (x.X >= y.Y && x.X >= z.Z)
        {
            b = Math.Sqrt(1 + x.X - y.Y - z.Z) / 2;
            (a, c, d) = ((y.Z - z.Y) / (4 * b), (x.Y + y.X) / (4 * b), (x.Z + z.X) / (4 * b));
        }
        else if (y.Y >= z.Z)
        {
            c = Math.Sqrt(1 + y.Y - x.X - z.Z) / 2;
            (a, b, d) = ((z.X - x.Z) / (4 * c), (x.Y + y.X) / (4 * c), (y.Z + z.Y) / (4 * c));
        }
        else
        {
            d = Math.Sqrt(1 + z.Z - x.X - y.Y) / 2;
            (a, b, c) = ((x.Y - y.X) / (4 * d), (x.Z + z.X) / (4 * d), (y.Z + z.Y) / (4 * d));
        }

        return a < 0 ? (-b, -c, -d) : (b, c, d);
    }
}
