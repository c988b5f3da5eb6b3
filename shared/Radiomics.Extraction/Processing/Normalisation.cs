using System.Numerics;

namespace Radiomics.Extraction;

/// <summary>A change of intensities: clipped to what lies between <paramref name="Low"/> and <paramref name="High"/>, then <c>(x − Shift) · Factor</c>.</summary>
internal readonly record struct Normalisation(double Shift, double Factor, double Low = double.NegativeInfinity, double High = double.PositiveInfinity)
{
    /// <summary>Whether intensities are clipped, which doesn't commute with interpolation.</summary>
    public bool Clips => Low > double.NegativeInfinity || High < double.PositiveInfinity;

    /// <summary>Finds the change that the settings ask for; null if none. A constant image or ROI becomes all zero.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>NonFiniteVoxels</c>; <c>ReferenceRegionMissing</c>, <c>GridMismatch</c>, <c>ReferenceRegionEmpty</c>, <c>ReferenceRegionWithoutSignal</c>.
    /// </exception>
    public static Normalisation? Find(ExtractionSettings settings, Volume image, Mask roi, ExtractionOptions options)
    {
        var normalisation = settings.Normalisation;
        switch (normalisation.Method)
        {
            case NormalisationMethod.ZScoreImage:
                return ZScore(IntensitySummary.Of(image.Intensities, options.MaxThreads), settings);
            case NormalisationMethod.ZScoreRoi:
                return ZScore(IntensitySummary.Of(Inside(image, roi), options.MaxThreads), settings);
            case NormalisationMethod.PercentileClip:
                return Percentiles(image.Intensities, normalisation);
            case NormalisationMethod.ReferenceRegion:
                return Reference(image, options, normalisation.Scale);
            default:
                return null;
        }
    }

    /// <summary>Clips; to be done before interpolation.</summary>
    public void Clip(Intensities values)
    {
        if (values.Doubles is { } doubles)
        {
            foreach (ref var value in doubles.AsSpan())
            {
                value = value < Low ? Low : value > High ? High : value;
            }

            return;
        }

        var (low, high) = ((float)Low, (float)High);
        foreach (ref var value in values.Floats.AsSpan())
        {
            // A NaN stays one.
            value = value < low ? low : value > high ? high : value;
        }
    }

    /// <summary>Shifts and scales; may be done after interpolation, since that is linear and its weights add up to 1.</summary>
    public void Scale(Intensities values)
    {
        if (values.Doubles is { } doubles)
        {
            foreach (ref var value in doubles.AsSpan())
            {
                value = (value - Shift) * Factor;
            }

            return;
        }

        var floats = values.Floats.AsSpan();
        var (shift, factor) = (new Vector<double>(Shift), new Vector<double>(Factor));
        var i = 0;
        for (; i <= floats.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(floats[i..]), out var lower, out var upper);
            Vector.Narrow((lower - shift) * factor, (upper - shift) * factor).CopyTo(floats[i..]);
        }

        for (; i < floats.Length; i++)
        {
            floats[i] = (float)((floats[i] - Shift) * Factor);
        }
    }

    private static Normalisation ZScore(IntensitySummary summary, ExtractionSettings settings)
    {
        // PyRadiomics divides by n − 1.
        var freedom = settings.Conventions == Conventions.PyRadiomics && summary.Count > 1 ? summary.Count - 1 : summary.Count;
        var deviation = Math.Sqrt(summary.Squares / freedom);
        Require(double.IsFinite(deviation));
        if (deviation == 0)
        {
            deviation = 1;
        }

        var normalisation = new Normalisation(summary.Mean, settings.Normalisation.Scale / deviation);
        return settings.Normalisation.ClipSigma is { } sigmas
            ? normalisation with { Low = summary.Mean - sigmas * deviation, High = summary.Mean + sigmas * deviation }
            : normalisation;
    }

    private static Normalisation Percentiles(Intensities voxels, NormalisationSettings settings)
    {
        var (low, high) = OrderStatistics.Percentiles(voxels, settings.LowerPercentile!.Value, settings.UpperPercentile!.Value);
        Require(double.IsFinite(low) && double.IsFinite(high));
        return new(low, high > low ? settings.Scale / (high - low) : 0, low, high);
    }

    private static Normalisation Reference(Volume image, ExtractionOptions options, double scale)
    {
        var region = options.ReferenceRegion ?? throw new RadiomicsException(
            "ReferenceRegionMissing", "The settings normalise by a reference region; give its mask on the image's grid.");
        region = region.OnGridOf(image, "reference region");
        var values = Inside(image, region);
        if (values.Length == 0)
        {
            throw new RadiomicsException("ReferenceRegionEmpty", "The reference region has no voxel inside.");
        }

        var mean = IntensitySummary.Of(values, options.MaxThreads).Mean;
        Require(double.IsFinite(mean));
        return mean > 0
            ? new(0, scale / mean)
            : throw new RadiomicsException("ReferenceRegionWithoutSignal", "The reference region's mean intensity must be above 0; choose another region.");
    }

    private static Intensities Inside(Volume image, Mask region)
    {
        var g = region.Geometry;
        return VoxelBox.Around(region.Voxels, g.SizeX, g.SizeY, g.SizeZ) is { } box ? RoiGrid.Cut(image, region, box).Collect() : default;
    }

    private static void Require(bool isFinite)
    {
        if (!isFinite)
        {
            throw new RadiomicsException("NonFiniteVoxels", "The image has voxels that are not a finite number, so it can't be normalised.");
        }
    }
}
