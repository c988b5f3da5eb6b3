namespace Radiomics.Extraction;

/// <summary>
/// Gabor filters as IBSI-2 defines them: two-dimensional, slice by slice, for one direction or pooled over directions, in axial slices or averaged over the slices of the three
/// orthogonal planes. Each slice is transformed once and meets the spectrum of every direction.
/// </summary>
internal static class GaborFilter
{
    // Far beyond what is of use; a kernel without bounds would take time and memory without bounds.
    private const int MaxReach = 1024;

    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="border">Its continuation.</param>
    /// <param name="filter">What to compute.</param>
    /// <param name="response">The map.</param>
    /// <param name="threads">Most threads at a time; the values don't depend on it.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the kernel is more than 1,024 voxels in radius.</exception>
    public static void Apply(
        FilterDomain domain, BorderRule border, GaborOptions filter, float[] response, int threads, CancellationToken cancellation)
    {
        var finest = Math.Min(domain.Spacing.X, filter.OrthogonalPlanes ? Math.Min(domain.Spacing.Y, domain.Spacing.Z) : domain.Spacing.Y);
        ExtractionSettings.Require(
            GaborKernel.Reach(filter.Sigma, filter.Gamma, finest) <= MaxReach,
            "A 'gabor' filter's 'sigma', divided by 'gamma' where that is below 1, must not be more than 170 voxels.");
        response.AsSpan(0, domain.Output.Count).Clear();
        ReadOnlySpan<(int First, int Second, int Across)> planes = filter.OrthogonalPlanes ? [(0, 1, 2), (0, 2, 1), (1, 2, 0)] : [(0, 1, 2)];
        foreach (var (first, second, across) in planes)
        {
            var work = new GaborPlanes(domain, border, filter, first, second, 1.0f / planes.Length);
            SliceWork.Run(work.Count(across), threads, work.NewTool, (slice, tool) =>
            {
                cancellation.ThrowIfCancellationRequested();
                work.AddSlice(across, slice, tool, response);
            });
        }
    }
}
