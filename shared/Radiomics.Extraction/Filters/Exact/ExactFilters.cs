namespace Radiomics.Extraction;

/// <summary>
/// The filters of images whose intensities floats would round. What looks at one voxel, gradients, and every separable filter (mean, Laws, LoG, wavelets) are computed in double
/// precision throughout. PyRadiomics' LoG, Simoncelli's and Riesz-transformed filters work on differences from the ROI's middle, to which they answer 0 or what is
/// added afterwards, and hold those and their passes in single precision (as ITK does). Gabor filters, and Riesz-transformed LoG where zeros continue the image, work in
/// single precision: they are refused where that would round intensities by more than a millionth of the ROI's range.
/// </summary>
internal static class ExactFilters
{
    private const double Tolerance = 1e-6;

    /// <summary>Makes the maps of one step, as <see cref="ImageFilter.Respond"/> does.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>IntensityPrecisionExceeded</c>; <c>InvalidSettings</c>: the image is too small for this filter.
    /// </exception>
    public static Intensities[] Apply(
        FilterSettings filter, Conventions conventions, int step, FilterDomain domain, int count, int threads, CancellationToken cancellation)
    {
        var doubles = domain.Doubles!;
        var pyRadiomics = conventions == Conventions.PyRadiomics;
        switch (filter.Type)
        {
            case FilterType.Square or FilterType.SquareRoot or FilterType.Logarithm or FilterType.Exponential:
                var response = new double[domain.Output.Count];
                PointFilter.Apply(domain, doubles, filter.Type, pyRadiomics, response);
                return [response];
            case FilterType.Gradient:
                return [ExactGradient.Of(domain)];
            case FilterType.Log when pyRadiomics:
                return Single(filter, conventions, step, Differences(domain), count, threads, cancellation);
            case FilterType.Simoncelli:
                var differences = Single(filter, conventions, step, Differences(domain), count, threads, cancellation);
                var constant = SimoncelliFilter.Spectral(domain, filter.IsInSlices, filter.Level ?? 1, filter.Riesz).OfConstant * domain.Center;
                return constant == 0 ? differences : [Array.ConvertAll(differences[0].Floats, value => value + constant)];
            case FilterType.Log when filter is { RieszOrder: not null, Border: not BorderRule.Zero }:
                return Single(filter, conventions, step, Differences(domain), count, threads, cancellation);
            case FilterType.Log when filter.RieszOrder is null:
                return [ExactSeparable.Of(domain, LogFilter.Plan(domain, filter), filter.Border, cancellation)];
            case FilterType.Mean:
                return [ExactSeparable.Of(domain, MeanFilter.Plan(filter.Support!.Value, filter.IsInSlices), filter.Border, cancellation)];
            case FilterType.Laws:
                return [Laws(domain, filter, cancellation)];
            case FilterType.Wavelet:
                var border = pyRadiomics ? BorderRule.PeriodicEven : filter.Border;
                var responses = new Intensities[count];
                for (var i = 0; i < count; i++)
                {
                    responses[i] = ExactSeparable.Of(domain, SubBandFilter.Plan(filter, filter.SubBands[step * count + i]), border, cancellation);
                }

                return responses;
            default:
                return Single(filter, conventions, step, Rounded(domain, filter), count, threads, cancellation);
        }
    }

    private static double[] Laws(FilterDomain domain, FilterSettings filter, CancellationToken cancellation)
    {
        if (filter.EnergyDistance is not { } distance)
        {
            return ExactSeparable.Of(domain, LawsFilter.Plan(filter), filter.Border, cancellation);
        }

        var (box, within) = LawsFilter.Around(domain, filter, distance);
        var responses = ExactSeparable.Of(domain with { Output = box }, LawsFilter.Plan(filter), filter.Border, cancellation);
        foreach (ref var value in responses.AsSpan())
        {
            value = Math.Abs(value);
        }

        var energy = new FilterDomain([], (box.SizeX, box.SizeY, box.SizeZ), domain.Spacing, within, 0) { Doubles = responses };
        return ExactSeparable.Of(energy, MeanFilter.Plan(2 * distance + 1, filter.IsInSlices), filter.Border, cancellation);
    }

    private static Intensities[] Single(
        FilterSettings filter, Conventions conventions, int step, FilterDomain domain, int count, int threads, CancellationToken cancellation) =>
        ImageFilter.Respond(filter, conventions, step, domain, count, size => new float[size], threads, cancellation);

    /// <summary>The domain less its center, for a filter that answers 0 to a constant.</summary>
    private static FilterDomain Differences(FilterDomain domain) =>
        domain with { Voxels = Array.ConvertAll(domain.Doubles!, value => (float)(value - domain.Center)), Center = 0, Doubles = null };

    /// <summary>The domain as floats, if they can tell its intensities apart.</summary>
    private static FilterDomain Rounded(FilterDomain domain, FilterSettings filter)
    {
        var floats = Array.ConvertAll(domain.Doubles!, value => (float)value);
        var (lowest, highest, error) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        var box = domain.Output.CutFrom(domain.Doubles!, VoxelBox.Whole(domain.Size));
        foreach (var value in box)
        {
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        for (var i = 0; i < floats.Length; i++)
        {
            error = Math.Max(error, Math.Abs(floats[i] - domain.Doubles![i]));
        }

        return error > Tolerance * (highest - lowest)
            ? throw new RadiomicsException(
                "IntensityPrecisionExceeded",
                $"The '{EnumNames<FilterType>.Of(filter.Type)}' filter works in single precision, which rounds this image's intensities by more than a millionth of their range near the ROI; "
                + "subtract a constant from the image first, or leave the filter out.")
            : domain with { Voxels = floats, Doubles = null };
    }
}
