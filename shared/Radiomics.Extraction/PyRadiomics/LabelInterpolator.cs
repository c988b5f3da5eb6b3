namespace Radiomics.Extraction;

/// <summary>ITK's interpolator for labels, <c>sitkLabelGaussian</c>: of the intensities around a position the one that has most weight under a Gaussian; of equals the first to reach it.</summary>
internal static class LabelInterpolator
{
    /// <summary>The intensities of <paramref name="target"/>, a box of the new grid.</summary>
    public static float[] Interpolate(Volume image, InterpolationGrid grid, VoxelBox target, Normalisation? normalisation, CancellationToken cancellation)
    {
        var (x, y, z) = grid.Taps(target, InterpolationMethod.LabelGaussian);
        var g = image.Geometry;
        var result = new float[target.Count];
        Span<float> values = stackalloc float[27];
        Span<double> weights = stackalloc double[27];
        for (var k = 0; k < target.SizeZ; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j < target.SizeY; j++)
            {
                for (var i = 0; i < target.SizeX; i++)
                {
                    var (count, most, best) = (0, 0.0, 0f);
                    for (var c = 0; c < z.Count; c++)
                    {
                        for (var b = 0; b < y.Count; b++)
                        {
                            for (var a = 0; a < x.Count; a++)
                            {
                                var weight = z.Weight[k * z.Count + c] * y.Weight[j * y.Count + b] * x.Weight[i * x.Count + a];
                                if (weight == 0)
                                {
                                    continue;
                                }

                                Span<float> value = [(float)image[(z.Index[k * z.Count + c] * g.SizeY + y.Index[j * y.Count + b]) * g.SizeX + x.Index[i * x.Count + a]]];
                                normalisation?.Clip(value);
                                var at = values[..count].IndexOf(value[0]);
                                if (at < 0)
                                {
                                    at = count++;
                                    (values[at], weights[at]) = (value[0], 0);
                                }

                                weights[at] += weight;
                                if (weights[at] > most)
                                {
                                    (most, best) = (weights[at], value[0]);
                                }
                            }
                        }
                    }

                    result[(k * target.SizeY + j) * target.SizeX + i] = best;
                }
            }
        }

        normalisation?.Scale(result);
        return result;
    }
}
