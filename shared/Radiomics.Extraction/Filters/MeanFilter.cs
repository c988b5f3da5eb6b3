namespace Radiomics.Extraction;

/// <summary>Mean of the voxels in a square or cube around each (IBSI-2, "mean filters").</summary>
internal static class MeanFilter
{
    /// <summary>Filters <paramref name="domain"/> into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="support">Width of the square or cube, voxels, odd.</param>
    /// <param name="inSlices">Whether it is a square within a slice.</param>
    /// <param name="border">The image's continuation.</param>
    /// <param name="response">The map.</param>
    /// <param name="cancellation">Checked at each slice.</param>
    public static void Apply(FilterDomain domain, int support, bool inSlices, BorderRule border, float[] response, CancellationToken cancellation) =>
        SeparableFilter.Apply(domain, Plan(support, inSlices), border, response, cancellation);

    /// <summary>What is to be computed.</summary>
    public static SeparablePlan Plan(int support, bool inSlices)
    {
        var weights = new double[support];
        Array.Fill(weights, 1.0 / support);
        var kernel = AxisKernel.Of("mean", new(weights, -(support / 2)));
        return SeparablePlan.Of(kernel, kernel, inSlices ? null : kernel, RotationInvariance.None);
    }
}
