namespace Radiomics.Extraction;

/// <summary>
/// What a run takes at most, told from sizes and settings before anything is made: bytes beside image and mask, and seconds of one core. The figures a voxel are
/// measured ones of noise, which has the most zones and runs (tests/Benchmarks/README.md, "Limits"); what is let go on the way counts too, since a collector needs time to notice.
/// </summary>
/// <param name="Bytes">Memory beside image and mask.</param>
/// <param name="Seconds">Time on one core.</param>
/// <param name="Voxels">Voxels of the ROI's box on the new grid.</param>
/// <param name="Largest">The part that takes the most memory, as an end of a sentence.</param>
internal readonly record struct RunEstimate(double Bytes, double Seconds, double Voxels, string Largest)
{
    /// <summary>What even a run on a few voxels may take.</summary>
    private const double Least = 32 << 20;

    // Transforms behind Moran's I work block by block.
    private const double OfTransforms = 160 << 20;

    /// <summary>The estimate for an ROI whose box has so many voxels of the image.</summary>
    /// <param name="image">The image's grid.</param>
    /// <param name="box">Voxels of the ROI's box in it, by axis.</param>
    /// <param name="settings">Validated settings.</param>
    /// <param name="options">Threads and maps.</param>
    public static RunEstimate Of(VolumeGeometry image, (int X, int Y, int Z) box, ExtractionSettings settings, ExtractionOptions options)
    {
        var grow = (X: Growth(image.SpacingX, settings, 0), Y: Growth(image.SpacingY, settings, 1), Z: Growth(image.SpacingZ, settings, 2));
        var voxels = box.X * grow.X * (box.Y * grow.Y) * (box.Z * grow.Z);
        var whole = image.SizeX * grow.X * (image.SizeY * grow.Y) * (image.SizeZ * grow.Z);
        var around = Around(image, box, grow, whole, settings);

        // Cut out, interpolated, inside, sorted; and for the image that normalisation or whole diagnostics look at, that, too.
        var chain = 22 * voxels + 4 * around + (settings.WholeImageDiagnostics ? 4 * whole : 0) + (settings.Normalisation.Method == NormalisationMethod.ZScoreImage ? 4.0 * image.Count : 0)
            + BeforeInterpolation(box, settings.WholeImageDiagnostics ? image.Count : around / (grow.X * grow.Y * grow.Z), settings);
        var (measuring, measuringTime) = Families(settings, original: true, voxels);
        var (responding, respondingTime) = Families(settings, original: false, voxels);
        var (original, filtered, filtering, responses) = (measuring * Math.Max(1, settings.Discretisations?.Count ?? 1), 0.0, 0.0, 0);
        foreach (var (filter, maps) in Steps(settings))
        {
            var transforms = ImageFilter.SeesWholeImage(filter) ? 48 * around : 0;
            filtered = Math.Max(filtered, maps * (12 * voxels + responding * Math.Max(1, settings.FilterDiscretisations?.Count ?? 1)) + transforms);
            filtering += maps * (respondingTime + 40e-9 * around);
            responses += maps;
        }

        // As many filters' steps at a time as there are threads.
        filtered *= Math.Min(options.MaxThreads, responses);
        var shown = options.Maps is null ? 0 : (settings.Filters.Count > 0 ? 14 : 10) * (options.Maps.Margin is null ? whole : around);
        var (kernels, kernelTime) = options.Maps is not null && settings.PyRadiomics is { Voxels: not null } special
            ? Kernels(settings, special, (box.X * grow.X, box.Y * grow.Y, box.Z * grow.Z), (settings.MeasureOriginal ? 1 : 0) + responses)
            : (0, 0);
        var transform = settings.MeasuredFamilies.Contains(FeatureFamily.SpatialAutocorrelation) && voxels > 1e5 ? OfTransforms : 0;
        return new(
            Least + chain + original + filtered + shown + kernels + transform,
            measuringTime + filtering + kernelTime + 50e-9 * (voxels + around),
            voxels,
            kernels > Math.Max(shown, Math.Max(original, filtered)) ? "the maps of features take most of it (name single ones in 'featureClass')"
            : shown >= Math.Max(original, filtered) && shown > 0 ? "the maps take most of it ('--maps-margin' bounds them)"
            : filtered > original ? "the filters take most of it"
            : "the feature families take most of it");
    }

    /// <summary>Every step of every filter, and how many maps it makes, which are held together.</summary>
    private static IEnumerable<(FilterSettings Filter, int Maps)> Steps(ExtractionSettings settings)
    {
        if (settings.Conventions == Conventions.PyRadiomics)
        {
            foreach (var step in PyRadiomicsFilters.All(settings))
            {
                yield return (step.Filter, step.Names.Count);
            }

            yield break;
        }

        foreach (var filter in settings.Filters)
        {
            var (maps, steps) = (FilterNames.Of(filter, settings.Conventions).Length, ImageFilter.Steps(filter));
            for (var step = 0; step < steps; step++)
            {
                yield return (filter, maps / steps);
            }
        }
    }

    /// <summary>
    /// Bytes of the image's own voxels beside the new ones: the ROI cut out, and what is inside; of those that are interpolated, copies to clip, to smooth, and for a spline's
    /// coefficients.
    /// </summary>
    private static double BeforeInterpolation((int X, int Y, int Z) box, double around, ExtractionSettings settings)
    {
        if (settings.Resampling.Method == InterpolationMethod.None)
        {
            return 0;
        }

        var copies = (settings.Normalisation.Method == NormalisationMethod.PercentileClip || settings.Normalisation.ClipSigma is not null ? 1 : 0)
            + (settings.Resampling.AntiAliasing is not null ? 1 : 0) + (settings.Resampling.Method == InterpolationMethod.CubicSpline ? 1 : 0);
        return 9.0 * box.X * box.Y * box.Z + 4.0 * copies * around;
    }

    /// <summary>Bytes and seconds of one measured image.</summary>
    private static (double Bytes, double Seconds) Families(ExtractionSettings settings, bool original, double voxels)
    {
        // Grey levels, and what each family makes of them.
        var (bytes, nanoseconds) = (2.0, 5.0);
        foreach (var family in settings.MeasuredFamilies)
        {
            var (a, b) = family switch
            {
                FeatureFamily.Morphology when original => (2, 30.0),
                FeatureFamily.SpatialAutocorrelation when original => (10, 60 * Math.Log2(Math.Max(voxels, 2))),
                FeatureFamily.LocalIntensity => (4, 60),
                FeatureFamily.Statistics or FeatureFamily.Histogram or FeatureFamily.IntensityVolumeHistogram => (0, 4),
                FeatureFamily.Glcm => (4, 60),
                FeatureFamily.Glrlm => (6, 120),
                FeatureFamily.Glszm or FeatureFamily.Gldzm => (16, 60),
                FeatureFamily.Ngtdm => (4, 30),
                FeatureFamily.Ngldm => (10, 40),
                _ => (0, 0),
            };
            bytes += a;
            nanoseconds += b;
        }

        return (bytes * voxels, nanoseconds * voxels * 1e-9);
    }

    /// <summary>Maps of features: those of one class at a time, and an image with its grey levels. The time is that of the ROI's box, each voxel with a kernel of noise.</summary>
    private static (double Bytes, double Seconds) Kernels(ExtractionSettings settings, PyRadiomicsSettings special, (double X, double Y, double Z) box, int images)
    {
        var radius = special.Voxels!.KernelRadius;
        var (most, cost) = (0, 0);
        foreach (var family in settings.Families)
        {
            if (family != FeatureFamily.Morphology)
            {
                most = Math.Max(most, special.NamesOf(PyRadiomicsFeatures.Of(family)).Count);
                cost += VoxelProgress.CostOf(family);
            }
        }

        var voxels = (box.X + 4 * radius) * (box.Y + 4 * radius) * (box.Z + 4 * radius);
        return ((4.0 * most + 20) * voxels, 1e-6 * cost * images * box.X * box.Y * box.Z * Math.Pow((2 * radius + 1) / 3.0, 3));
    }

    /// <summary>Voxels of the image around the ROI that filters look at.</summary>
    private static double Around(VolumeGeometry image, (int X, int Y, int Z) box, (double X, double Y, double Z) grow, double whole, ExtractionSettings settings)
    {
        var (x, y, z) = (box.X * grow.X, box.Y * grow.Y, box.Z * grow.Z);
        foreach (var filter in settings.Filters)
        {
            if (settings.Conventions == Conventions.PyRadiomics || ImageFilter.SeesWholeImage(filter))
            {
                return whole;
            }

            var reach = ImageFilter.Reach(filter, (image.SpacingX / grow.X, image.SpacingY / grow.Y, image.SpacingZ / grow.Z));
            x = Math.Max(x, box.X * grow.X + 2 * reach.X);
            y = Math.Max(y, box.Y * grow.Y + 2 * reach.Y);
            z = Math.Max(z, box.Z * grow.Z + 2 * reach.Z);
        }

        return Math.Min(x * y * z, whole);
    }

    /// <summary>How many new voxels lie along an old one.</summary>
    private static double Growth(double spacing, ExtractionSettings settings, int axis)
    {
        var wanted = settings.Resampling.Spacing is not { } s || settings.Resampling.Method == InterpolationMethod.None ? 0
            : axis switch { 0 => s.X, 1 => s.Y, _ => settings.Resampling.InPlane ? 0 : s.Z };
        return wanted > 0 ? spacing / wanted : 1;
    }
}
