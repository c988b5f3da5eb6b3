namespace Radiomics.Extraction;

/// <summary>ITK's interpolator for labels, <c>sitkLabelGaussian</c>: of the intensities around a position the one that has most weight under a Gaussian; of equals the first to reach it.</summary>
internal static class LabelInterpolator
{
    /// <summary>The intensities of <paramref name="target"/>, a box of the new grid.</summary>
    public static Intensities Interpolate(Volume image, InterpolationGrid grid, VoxelBox target, Normalisation? normalisation, CancellationToken cancellation)
    {
        var (x, y, z) = grid.Taps(target, InterpolationMethod.LabelGaussian);
        var g = image.Geometry;
        var result = new double[target.Count];
        var voxels = image.Intensities;
        if (normalisation is { Clips: true } clip)
        {
            voxels = voxels.Copy();
            clip.Clip(voxels);
        }

        Span<double> values = stackalloc double[27];
        Span<double> weights = stackalloc double[27];
        for (var k = 0; k < target.SizeZ; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j < target.SizeY; j++)
            {
                for (var i = 0; i < target.SizeX; i++)
                {
                    var (count, most, best) = (0, 0.0, 0.0);
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

                                var value = voxels[(z.Index[k * z.Count + c] * g.SizeY + y.Index[j * y.Count + b]) * g.SizeX + x.Index[i * x.Count + a]];
                                var at = values[..count].IndexOf(value);
                                if (at < 0)
                                {
                                    at = count++;
                                    (values[at], weights[at]) = (value, 0);
                                }

                                weights[at] += weight;
                                if (weights[at] > most)
                                {
                                    (most, best) = (weights[at], value);
                                }
                            }
                        }
                    }

                    result[(k * target.SizeY + j) * target.SizeX + i] = best;
                }
            }
        }

        var intensities = Intensities.Smallest(result);
        normalisation?.Scale(intensities);
        return intensities;
    }
}
