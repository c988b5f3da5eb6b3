namespace Radiomics.Extraction;

/// <summary>Variances of a mask's voxel centers along their principal axes, mm², descending (IBSI manual 3.1.12–14), and these axes.</summary>
internal readonly record struct PrincipalAxes(double Major, double Minor, double Least, Point3 MajorAxis, Point3 MinorAxis, Point3 LeastAxis)
{
    /// <summary>Finds them from the mask's rows.</summary>
    /// <param name="rows">The mask.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="sample">Whether squares are divided by N − 1, as the reference values were, or by N, as in PyRadiomics.</param>
    public static PrincipalAxes Of(MaskRows rows, (double X, double Y, double Z) spacing, bool sample = true)
    {
        // Whole numbers about the grid's middle: sums fit into 64 bits for any grid that fits into memory, and their products into a decimal.
        int middleX = rows.SizeX / 2, middleY = rows.SizeY / 2, middleZ = rows.SizeZ / 2;
        long xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
        long sumX = 0, sumY = 0, sumZ = 0, count = 0;
        for (var z = 0; z < rows.SizeZ; z++)
        {
            for (var y = 0; y < rows.SizeY; y++)
            {
                var row = rows.Row(y, z);
                long n = 0, x1 = 0, x2 = 0;
                for (var from = 0; MaskRows.NextRun(row, from, out var start, out var end); from = end)
                {
                    // Sums of the run's x and x²: closed forms instead of a voxel at a time.
                    long a = start - middleX, b = end - 1 - middleX;
                    n += b - a + 1;
                    x1 += (b - a + 1) * (a + b) / 2;
                    x2 += SquaresTo(b) - SquaresTo(a - 1);
                }

                long cy = y - middleY, cz = z - middleZ;
                count += n;
                sumX += x1;
                sumY += n * cy;
                sumZ += n * cz;
                xx += x2;
                yy += n * cy * cy;
                zz += n * cz * cz;
                xy += x1 * cy;
                xz += x1 * cz;
                yz += n * cy * cz;
            }
        }

        var (sx, sy, sz) = spacing;
        var divisor = sample ? Math.Max(1, count - 1) : (double)count;
        double Covariance(long products, long sumA, long sumB) => (double)((decimal)products * count - (decimal)sumA * sumB) / count / divisor;
        var matrix = new SymmetricMatrix(
            Covariance(xx, sumX, sumX) * sx * sx,
            Covariance(yy, sumY, sumY) * sy * sy,
            Covariance(zz, sumZ, sumZ) * sz * sz,
            Covariance(xy, sumX, sumY) * sx * sy,
            Covariance(xz, sumX, sumZ) * sx * sz,
            Covariance(yz, sumY, sumZ) * sy * sz);
        var (values, vectors) = matrix.Eigen();

        // What rounding leaves of a variance that is 0 (an oblique plane's or line's).
        double Cleaned(double value) => value > 1e-14 * values[0] ? value : 0;
        return new(Cleaned(values[0]), Cleaned(values[1]), Cleaned(values[2]), vectors[0], vectors[1], vectors[2]);
    }

    /// <summary>1² + … + n², and its continuation below 0, so that differences are right on both sides.</summary>
    private static long SquaresTo(long n) => n * (n + 1) * (2 * n + 1) / 6;
}
