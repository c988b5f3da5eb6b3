namespace Radiomics.Extraction;

/// <summary>Sample variances of a mask's voxel centers along their principal axes, mm², descending (IBSI manual 3.1.11–13).</summary>
internal readonly record struct PrincipalAxes(double Major, double Minor, double Least)
{
    public static PrincipalAxes Of(RoiGrid grid)
    {
        var (sx, sy, sz) = grid.Spacing;
        var (centerX, centerY, centerZ) = CenterOf(grid);
        double xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
        long count = 0;
        var i = 0;
        for (var z = 0; z < grid.Box.SizeZ; z++)
        {
            for (var y = 0; y < grid.Box.SizeY; y++)
            {
                for (var x = 0; x < grid.Box.SizeX; x++, i++)
                {
                    if (grid.Mask[i] == 0)
                    {
                        continue;
                    }

                    double dx = x - centerX, dy = y - centerY, dz = z - centerZ;
                    xx += dx * dx;
                    yy += dy * dy;
                    zz += dz * dz;
                    xy += dx * dy;
                    xz += dx * dz;
                    yz += dy * dz;
                    count++;
                }
            }
        }

        // The sample's covariance, over N − 1: what the reference values were computed with.
        double n = Math.Max(1, count - 1);
        var variances = Eigenvalues(xx * sx * sx / n, yy * sy * sy / n, zz * sz * sz / n, xy * sx * sy / n, xz * sx * sz / n, yz * sy * sz / n);
        return new(variances[2], variances[1], variances[0]);
    }

    /// <summary>Mean index of the voxels inside.</summary>
    private static (double X, double Y, double Z) CenterOf(RoiGrid grid)
    {
        long sumX = 0, sumY = 0, sumZ = 0, count = 0;
        var i = 0;
        for (var z = 0; z < grid.Box.SizeZ; z++)
        {
            for (var y = 0; y < grid.Box.SizeY; y++)
            {
                for (var x = 0; x < grid.Box.SizeX; x++, i++)
                {
                    if (grid.Mask[i] != 0)
                    {
                        sumX += x;
                        sumY += y;
                        sumZ += z;
                        count++;
                    }
                }
            }
        }

        return ((double)sumX / count, (double)sumY / count, (double)sumZ / count);
    }

    /// <summary>Eigenvalues of a symmetric matrix, ascending, none below 0; by Jacobi rotations, which stay exact for equal and zero ones.</summary>
    private static double[] Eigenvalues(double xx, double yy, double zz, double xy, double xz, double yz)
    {
        double[,] m = { { xx, xy, xz }, { xy, yy, yz }, { xz, yz, zz } };
        for (var sweep = 0; sweep < 50; sweep++)
        {
            foreach (var (p, q) in (ReadOnlySpan<(int, int)>)[(0, 1), (0, 2), (1, 2)])
            {
                if (m[p, q] == 0)
                {
                    continue;
                }

                var theta = (m[q, q] - m[p, p]) / (2 * m[p, q]);
                var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                var c = 1 / Math.Sqrt(t * t + 1);
                var s = t * c;
                var r = 3 - p - q;
                var (mpp, mqq, mpq, mpr, mqr) = (m[p, p], m[q, q], m[p, q], m[p, r], m[q, r]);
                m[p, p] = mpp - t * mpq;
                m[q, q] = mqq + t * mpq;
                m[p, q] = m[q, p] = 0;
                m[p, r] = m[r, p] = c * mpr - s * mqr;
                m[q, r] = m[r, q] = s * mpr + c * mqr;
            }
        }

        double[] values = [Math.Max(0, m[0, 0]), Math.Max(0, m[1, 1]), Math.Max(0, m[2, 2])];
        Array.Sort(values);
        return values;
    }
}
