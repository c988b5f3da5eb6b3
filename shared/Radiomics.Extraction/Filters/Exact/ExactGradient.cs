namespace Radiomics.Extraction;

/// <summary><see cref="GradientFilter"/> in double precision.</summary>
internal static class ExactGradient
{
    /// <summary>The magnitudes in the layout of the domain's output box.</summary>
    public static double[] Of(FilterDomain domain)
    {
        var (size, box, voxels) = (domain.Size, domain.Output, domain.Doubles!);
        var response = new double[box.Count];
        var to = 0;
        for (var z = box.Z; z < box.Z + box.SizeZ; z++)
        {
            for (var y = box.Y; y < box.Y + box.SizeY; y++)
            {
                for (var x = box.X; x < box.X + box.SizeX; x++)
                {
                    var dx = (At(Math.Min(x + 1, size.X - 1), y, z) - At(Math.Max(x - 1, 0), y, z)) * (0.5 / domain.Spacing.X);
                    var dy = (At(x, Math.Min(y + 1, size.Y - 1), z) - At(x, Math.Max(y - 1, 0), z)) * (0.5 / domain.Spacing.Y);
                    var dz = (At(x, y, Math.Min(z + 1, size.Z - 1)) - At(x, y, Math.Max(z - 1, 0))) * (0.5 / domain.Spacing.Z);
                    response[to++] = Math.Sqrt(dx * dx + dy * dy + dz * dz);
                }
            }
        }

        return response;

        double At(int x, int y, int z) => voxels[(z * size.Y + y) * size.X + x];
    }
}
