namespace Radiomics.Extraction;

/// <summary>
/// Standard deviation of an image's noise within an ROI, from the finest diagonal Haar wavelet coefficients of its slices: median of |a − b − c + d|/2 over all squares of
/// 2 × 2 voxels inside, divided by 0.6745 (Donoho and Johnstone, Biometrika 1994;81:425). Edges and trends hardly touch the median.
/// </summary>
public static class NoiseEstimate
{
    private const double NormalMedian = 0.6744897501960817;

    /// <summary>The estimate, in the image's intensities; 0 where the ROI holds no square.</summary>
    public static double Of(Volume image, Mask roi)
    {
        var g = image.Geometry;
        var coefficients = new List<double>();
        var (floats, inside) = (image.Doubles is null ? image.Voxels : null, roi.Voxels);
        for (var k = 0; k < g.SizeZ; k++)
        {
            for (var j = 0; j + 1 < g.SizeY; j++)
            {
                var row = (k * g.SizeY + j) * g.SizeX;
                for (var i = row; i + 1 < row + g.SizeX; i++)
                {
                    if ((inside[i] & inside[i + 1] & inside[i + g.SizeX] & inside[i + g.SizeX + 1]) == 1)
                    {
                        coefficients.Add(floats is not null
                            ? MathF.Abs(floats[i] - floats[i + 1] - floats[i + g.SizeX] + floats[i + g.SizeX + 1]) / 2
                            : Math.Abs(image[i] - image[i + 1] - image[i + g.SizeX] + image[i + g.SizeX + 1]) / 2);
                    }
                }
            }
        }

        if (coefficients.Count == 0)
        {
            return 0;
        }

        coefficients.Sort();
        var median = (coefficients[(coefficients.Count - 1) / 2] + coefficients[coefficients.Count / 2]) / 2;
        return median / NormalMedian;
    }
}
