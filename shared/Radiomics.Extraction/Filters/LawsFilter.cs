namespace Radiomics.Extraction;

/// <summary>
/// Laws' kernels, normalised as IBSI-2 has them: the squares of the weights add up to 1. The energy image is the mean magnitude of the response, rotations pooled
/// before, in a neighbourhood of Chebyshev distance δ.
/// </summary>
internal static class LawsFilter
{
    /// <summary>What a sentence about an unknown kernel lists.</summary>
    public const string Names = "L5, E5, S5, W5, R5, L3, E3 and S3";

    /// <summary>Whether a text is two or three of the kernels.</summary>
    public static bool AreKernels(string? text)
    {
        if (text?.Length is not (4 or 6))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i += 2)
        {
            if (Find(text.AsSpan(i, 2)).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The kernel of a name, as a filter along an axis; its first weight belongs to the voxel with the lowest index.</summary>
    /// <exception cref="ArgumentException">There is no such kernel.</exception>
    public static Taps Kernel(ReadOnlySpan<char> name)
    {
        var weights = Find(name);
        if (weights.IsEmpty)
        {
            throw new ArgumentException($"There is no kernel '{name}'.", nameof(name));
        }

        var squares = 0;
        foreach (var weight in weights)
        {
            squares += weight * weight;
        }

        // A convolution sees the kernel reversed.
        var normalised = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            normalised[^(i + 1)] = weights[i] / Math.Sqrt(squares);
        }

        return new(normalised, -(weights.Length / 2));
    }

    /// <summary>Voxels that the kernels and the energy reach along an axis.</summary>
    public static int Reach(FilterSettings filter) => 2 + (filter.EnergyDistance ?? 0);

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    public static void Apply(FilterDomain domain, FilterSettings filter, float[] response, CancellationToken cancellation)
    {
        if (filter.EnergyDistance is not { } distance)
        {
            SeparableFilter.Apply(domain, Plan(filter), filter.Border, response, cancellation);
            return;
        }

        var (box, within) = Around(domain, filter, distance);
        var responses = Buffers<float>.Rent(box.Count);
        SeparableFilter.Apply(domain with { Output = box }, Plan(filter), filter.Border, responses, cancellation);
        ResponsePooling.Magnitudes(responses.AsSpan(0, box.Count));
        MeanFilter.Apply(
            new(responses, (box.SizeX, box.SizeY, box.SizeZ), domain.Spacing, within, 0), 2 * distance + 1, filter.IsInSlices, filter.Border, response, cancellation);
        Buffers<float>.Return(responses);
    }

    /// <summary>What is to be computed before the energy.</summary>
    public static SeparablePlan Plan(FilterSettings filter)
    {
        var names = filter.Kernels!;
        return SeparablePlan.Of(KernelAt(0), KernelAt(1), filter.IsInSlices ? null : KernelAt(2), filter.Pooling);

        AxisKernel KernelAt(int axis)
        {
            var name = names.Substring(2 * axis, 2);
            return AxisKernel.Of(name, Kernel(name));
        }
    }

    /// <summary>Where in the domain the energy needs responses, and where in that box the energy is wanted.</summary>
    public static (VoxelBox Box, VoxelBox Within) Around(FilterDomain domain, FilterSettings filter, int distance)
    {
        var around = new VoxelMargin(distance, distance, filter.IsInSlices ? 0 : distance);
        var box = domain.Output.Grow(around.OrWhole(domain.Output, domain.Size, filter.Border), domain.Size);
        return (box, domain.Output with { X = domain.Output.X - box.X, Y = domain.Output.Y - box.Y, Z = domain.Output.Z - box.Z });
    }

    private static ReadOnlySpan<sbyte> Find(ReadOnlySpan<char> name) => name switch
    {
        "L5" => [1, 4, 6, 4, 1],
        "E5" => [-1, -2, 0, 2, 1],
        "S5" => [-1, 0, 2, 0, -1],
        "W5" => [-1, 2, 0, -2, 1],
        "R5" => [1, -4, 6, -4, 1],
        "L3" => [1, 2, 1],
        "E3" => [-1, 0, 1],
        "S3" => [-1, 2, -1],
        _ => [],
    };
}
