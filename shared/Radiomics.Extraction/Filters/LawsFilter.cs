namespace Radiomics.Extraction;

/// <summary>Laws' kernels, normalised as IBSI-2 has them: the squares of the weights add up to 1.</summary>
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
