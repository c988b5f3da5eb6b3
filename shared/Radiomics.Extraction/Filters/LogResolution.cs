using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>
/// Whether voxels can carry the Laplacian of Gaussian that is asked for. A kernel that is sampled too coarsely isn't that of its σ any more (Lindeberg, Journal of
/// Mathematical Imaging and Vision 2024;66:759): asked for the curvature of a parabola, it is 0.6 % off at σ = 0.75 voxels, 1.9 % at 0.7 and 42 % at 0.5, and at a third
/// of a voxel its Gaussian has a fifth of its variance.
/// </summary>
internal static class LogResolution
{
    /// <summary>From so many voxels on the curvature is within 1 %, which is what IBSI-2 lets response maps differ by.</summary>
    public const double LeastVoxels = 0.73;

    /// <summary>A sentence for each σ that is too narrow along an axis of this grid; an axis of one voxel has no curvature to miss.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the kernel sees no other voxel than its own, whose map would be all 0.</exception>
    public static IReadOnlyList<string> Check(ExtractionSettings settings, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing)
    {
        List<string>? warnings = null;
        foreach (var filter in settings.Filters)
        {
            if (filter.Type == FilterType.Log && Sentence(filter, settings.Conventions, filter.IsInSlices ? size with { Z = 1 } : size, spacing) is { } sentence
                && warnings?.Contains(sentence) != true)
            {
                (warnings ??= []).Add(sentence);
            }
        }

        return warnings is null ? [] : warnings;
    }

    private static string? Sentence(FilterSettings filter, Conventions conventions, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing)
    {
        var (sigma, cutoff) = (filter.Sigma!.Value, filter.Cutoff ?? LogFilter.DefaultCutoff);
        var (axes, coarsest, sees) = ("", 0.0, false);
        foreach (var (name, count, step) in (ReadOnlySpan<(string, int, double)>)[("x", size.X, spacing.X), ("y", size.Y, spacing.Y), ("z", size.Z, spacing.Z)])
        {
            sees |= count > 1 && LogFilter.Reach(sigma, step, cutoff) > 0;
            if (count > 1 && sigma < LeastVoxels * step)
            {
                axes += $"{(axes.Length > 0 ? ", " : "")}{name} ({Number(sigma / step)} voxels)";
                coarsest = Math.Max(coarsest, step);
            }
        }

        ExtractionSettings.Require(
            sees || conventions == Conventions.PyRadiomics || coarsest == 0,
            $"LoG with σ {Number(sigma)} mm is so narrow that it sees no neighbour on voxels of {Number(spacing.X)} × {Number(spacing.Y)} × {Number(spacing.Z)} mm, and its map would be all 0; "
                + $"take σ from {Number(LeastVoxels * coarsest)} mm on.");
        return axes.Length == 0 ? null
            : $"LoG with σ {Number(sigma)} mm is narrower than the voxels can carry along {axes}: below {Number(LeastVoxels)} voxels the sampled kernel misses a curvature by more than 1 %. "
                + $"Take σ from {Number(Math.Ceiling(LeastVoxels * coarsest * 100) / 100)} mm on, or resample to smaller voxels.";
    }

    private static string Number(double value) => value.ToString(value < 0.001 ? "G3" : "0.###", CultureInfo.InvariantCulture);
}
