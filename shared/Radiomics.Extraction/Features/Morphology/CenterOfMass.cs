namespace Radiomics.Extraction;

/// <summary>Center of mass shift, <c>morph_com</c> (IBSI manual 3.1.10).</summary>
internal static class CenterOfMass
{
    /// <summary>Distance between the mean voxel position of the shape and that of the intensity mask weighted by intensity, mm; NaN if the intensities add up to 0.</summary>
    public static double Shift(MaskRows shape, MaskRows mask, Intensities intensities, (double X, double Y, double Z) spacing) =>
        intensities.Doubles is { } doubles ? Shift(shape, mask, doubles, spacing) : Shift(shape, mask, intensities.Floats, spacing);

    private static double Shift<T>(MaskRows shape, MaskRows mask, T[] intensities, (double X, double Y, double Z) spacing)
        where T : unmanaged
    {
        var center = CenterOf(shape);
        double weight = 0, sumX = 0, sumY = 0, sumZ = 0;
        for (var z = 0; z < mask.SizeZ; z++)
        {
            double slice = 0;
            for (var y = 0; y < mask.SizeY; y++)
            {
                var row = mask.Row(y, z);
                double line = 0;
                for (var from = 0; MaskRows.NextRun(row, from, out var start, out var end); from = end)
                {
                    // Two sums side by side; the row's index is as good a weight as any position along it.
                    double even = 0, odd = 0, evenX = 0, oddX = 0;
                    var run = intensities.AsSpan((z * mask.SizeY + y) * mask.SizeX + start, end - start);
                    var i = 0;
                    for (; i + 1 < run.Length; i += 2)
                    {
                        even += Real.ToDouble(run[i]);
                        odd += Real.ToDouble(run[i + 1]);
                        evenX += (start + i) * Real.ToDouble(run[i]);
                        oddX += (start + i + 1) * Real.ToDouble(run[i + 1]);
                    }

                    if (i < run.Length)
                    {
                        even += Real.ToDouble(run[i]);
                        evenX += (start + i) * Real.ToDouble(run[i]);
                    }

                    line += even + odd;
                    sumX += evenX + oddX;
                }

                slice += line;
                sumY += line * y;
            }

            weight += slice;
            sumZ += slice * z;
        }

        if (weight == 0)
        {
            return double.NaN;
        }

        return new Point3((center.X - sumX / weight) * spacing.X, (center.Y - sumY / weight) * spacing.Y, (center.Z - sumZ / weight) * spacing.Z).Length;
    }

    /// <summary>Mean index of the voxels inside.</summary>
    private static Point3 CenterOf(MaskRows rows)
    {
        long count = 0, sumX = 0, sumY = 0, sumZ = 0;
        for (var z = 0; z < rows.SizeZ; z++)
        {
            for (var y = 0; y < rows.SizeY; y++)
            {
                var row = rows.Row(y, z);
                for (var from = 0; MaskRows.NextRun(row, from, out var start, out var end); from = end)
                {
                    long n = end - start;
                    count += n;
                    sumX += n * (start + end - 1) / 2;
                    sumY += n * y;
                    sumZ += n * z;
                }
            }
        }

        return new((double)sumX / count, (double)sumY / count, (double)sumZ / count);
    }
}
