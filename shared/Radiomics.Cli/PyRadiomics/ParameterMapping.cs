using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>Gathers a parameter file's sections into settings; a setting's meaning stands where its name does.</summary>
internal sealed class ParameterMapping
{
    private readonly DiscretisationParameters _bins = new();
    private readonly FilterParameters _filters = new();
    private PyRadiomicsSettings _special = new();
    private ReSegmentationSettings _reSegmentation = new();
    private IReadOnlyList<FeatureFamily> _families = PyRadiomicsDefaults.Settings.Families;
    private (IReadOnlyList<FilterSettings> Filters, DiscretisationSettings? Original)? _images;
    private bool _normalise;
    private double _scale = 1;
    private double? _outliers;
    private Spacing? _spacing;
    private InterpolationMethod _interpolation = InterpolationMethod.CubicSpline;
    private ParameterNode? _range;
    private bool _force2D;
    private DistanceWeighting? _weighting;
    private bool _symmetric = true;
    private int _alpha;
    private int _label = 1;
    private int? _channel;

    /// <summary>The section <c>setting</c>.</summary>
    public void Settings(ParameterNode section)
    {
        foreach (var entry in section.IsNull ? [] : section.Entries())
        {
            if (!_bins.Take(entry) && !_filters.Take(entry))
            {
                Setting(entry);
            }
        }
    }

    /// <summary>The section <c>voxelSetting</c>.</summary>
    public void VoxelSettings(ParameterNode section) => _special = _special with { Voxels = VoxelParameters.Of(section) };

    /// <summary>The section <c>imageType</c>.</summary>
    public void ImageTypes(ParameterNode section)
    {
        var filters = new List<FilterSettings>();
        DiscretisationSettings? original = null;
        var types = section.Entries();
        foreach (var type in types)
        {
            var bins = _bins.Copy();
            var own = _filters.Copy();
            foreach (var entry in type.Entries())
            {
                if (!bins.Take(entry) && !own.Take(entry))
                {
                    throw entry.Unsupported($"of an image type's own settings there are binWidth, binCount and its filter's; this one is in '{type.Name}'");
                }
            }

            if (type.Name == "Original")
            {
                original = bins.Settings;
            }
            else
            {
                filters.AddRange(Filters(type, own).Select(f => f with { Discretisation = bins.Settings == _bins.Settings ? null : bins.Settings }));
            }
        }

        // No image type at all means the original.
        _images = types.Count == 0 ? null : (filters, original);
    }

    /// <summary>The section <c>featureClass</c>.</summary>
    public void FeatureClasses(ParameterNode section)
    {
        var features = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var families = new List<FeatureFamily>();
        var shape2D = false;
        foreach (var entry in section.Entries())
        {
            var known = PyRadiomicsFeatures.Class(entry.Name) ?? throw entry.Invalid("is not a feature class");
            if (known == PyRadiomicsFeatures.Shape2D)
            {
                shape2D = true;
            }
            else
            {
                families.Add(known.Family);
            }

            var names = entry.IsNull ? [] : entry.Items().Select(item => item.Text()).Distinct().ToArray();
            if (names.FirstOrDefault(name => !known.Has(name)) is { } unknown)
            {
                throw entry.Invalid($"has no feature '{unknown}'");
            }

            if (names.Length > 0)
            {
                features.Add(known.Name, names);
            }
        }

        if (families.Count > 0 || shape2D)
        {
            _families = [.. families.Order()];
            _special = _special with { Features = features, Shape2D = shape2D };
        }
    }

    /// <summary>Everything together.</summary>
    public PyRadiomicsParameters Result()
    {
        var weighting = _weighting ?? DistanceWeighting.None;
        var merged = _weighting is not null;
        var resamples = _spacing is not null && _interpolation != InterpolationMethod.None;

        // The image's own spacing on all axes: nothing is resampled, but the image is cropped as if it had been.
        var crops = resamples && _spacing == new Spacing(0, 0, 0);
        var settings = PyRadiomicsDefaults.Settings with
        {
            Name = "pyradiomics-params",
            PyRadiomics = crops ? _special with { PreCrop = true } : _special,
            Normalisation = _normalise ? new() { Method = NormalisationMethod.ZScoreImage, Scale = _scale, ClipSigma = _outliers } : new(),
            Resampling = resamples && !crops
                ? new() { Method = _interpolation, Spacing = _spacing!, Alignment = GridAlignment.Origin, RoiMethod = InterpolationMethod.Nearest }
                : new(),
            ReSegmentation = ReSegmentation(),
            Discretisation = _images?.Original ?? _bins.Settings,
            FilterDiscretisation = _bins.Settings,
            Texture = new()
            {
                Aggregations =
                [
                    (_force2D, merged) switch
                    {
                        (false, false) => Aggregation.Averaged3D,
                        (false, true) => Aggregation.Merged3D,
                        (true, false) => Aggregation.Averaged2Point5D,
                        (true, true) => Aggregation.Merged2Point5D,
                    },
                ],
                DistanceWeighting = weighting,
                SymmetricCooccurrence = _symmetric,
                DependenceCoarseness = _alpha,
            },
            Filters = _images?.Filters ?? [],
            MeasureOriginal = _images is null || _images.Value.Original is not null,
            Families = _families,
        };
        try
        {
            return new(settings.Validated(), _label) { MaskVolume = _channel };
        }
        catch (RadiomicsException e) when (e.Code == "InvalidSettings")
        {
            throw ParameterKeys.InTheirWords(e);
        }
    }

    private static IEnumerable<FilterSettings> Filters(ParameterNode type, FilterParameters own) => type.Name switch
    {
        "LoG" => own.Sigmas ?? throw type.Invalid("needs a 'sigma'"),
        "Wavelet" => [new() { Type = FilterType.Wavelet, Wavelet = own.Wavelet, PyRadiomics = own.SpecialOf(FilterType.Wavelet) }],
        "Square" => [new() { Type = FilterType.Square }],
        "SquareRoot" => [new() { Type = FilterType.SquareRoot }],
        "Logarithm" => [new() { Type = FilterType.Logarithm }],
        "Exponential" => [new() { Type = FilterType.Exponential }],
        "Gradient" => [new() { Type = FilterType.Gradient, PyRadiomics = own.SpecialOf(FilterType.Gradient) }],
        "LBP2D" => [new() { Type = FilterType.Lbp2D, PyRadiomics = own.SpecialOf(FilterType.Lbp2D) }],
        "LBP3D" => [new() { Type = FilterType.Lbp3D, PyRadiomics = own.SpecialOf(FilterType.Lbp3D) }],
        _ => throw type.Invalid("is not an image type"),
    };

    private void Setting(ParameterNode entry)
    {
        switch (entry.Name)
        {
            case "normalize":
                _normalise = entry.Boolean();
                break;
            case "normalizeScale":
                _scale = Positive(entry);
                break;
            case "removeOutliers":
                _outliers = entry.IsNull ? null : Positive(entry);
                break;
            case "resampledPixelSpacing":
                _spacing = entry.IsNull ? null : SpacingOf(entry);
                break;
            case "interpolator":
                _interpolation = entry.IsNull ? InterpolationMethod.None : Interpolation(entry);
                break;
            case "padDistance":
                _special = _special with { PadDistance = NotNegative(entry) };
                break;
            case "preCrop":
                _special = _special with { PreCrop = entry.Boolean() };
                break;
            case "resegmentRange":
                _range = entry.IsNull ? null : entry;
                break;
            case "resegmentMode":
                _reSegmentation = new() { Unit = Unit(entry) };
                break;
            case "resegmentShape":
                _special = _special with { ReSegmentShape = entry.Boolean() };
                break;
            case "minimumROIDimensions":
                _special = _special with { MinimumRoiDimensions = entry.Integer() is >= 1 and <= 3 and var n ? n : throw entry.Invalid("must be 1, 2 or 3") };
                break;
            case "minimumROISize":
                _special = _special with { MinimumRoiSize = entry.IsNull ? null : AtLeastOne(entry) };
                break;
            case "geometryTolerance":
                _special = _special with { GeometryTolerance = entry.IsNull ? null : Positive(entry) };
                break;
            case "correctMask":
                _special = _special with { CorrectMask = entry.Boolean() };
                break;
            case "additionalInfo":
                _special = _special with { AdditionalInfo = entry.Boolean() };
                break;
            case "label":
                _label = AtLeastOne(entry);
                break;
            case "label_channel":
                _channel = NotNegative(entry);
                break;
            case "force2D":
                _force2D = entry.Boolean();
                break;
            case "force2Ddimension":
                _special = _special with { SliceAxis = entry.Integer() is >= 0 and <= 2 and var axis ? (SliceAxis)axis : throw entry.Invalid("must be 0, 1 or 2") };
                break;
            case "distances":
                _special = _special with { Distances = Distances(entry) };
                break;
            case "weightingNorm":
                _weighting = entry.IsNull ? null : Weighting(entry);
                break;
            case "symmetricalGLCM":
                _symmetric = entry.Boolean();
                break;
            case "gldm_a":
                _alpha = NotNegative(entry);
                break;
            case "voxelArrayShift":
                _special = _special with { VoxelArrayShift = entry.Number() };
                break;
            default:
                throw entry.Invalid("is not a setting that PyRadiomics has");
        }
    }

    private ReSegmentationSettings ReSegmentation()
    {
        if (_range is not { } range)
        {
            return new();
        }

        double[] limits = [.. range.Items().Select(item => item.Number()).Order()];
        return limits switch
        {
            [var lower] => _reSegmentation with { Lower = lower },
            [var lower, var upper] => _reSegmentation with { Lower = lower, Upper = upper },
            _ => throw range.Invalid("must be one or two numbers"),
        };
    }

    private static Spacing SpacingOf(ParameterNode entry)
    {
        double[] spacing = [.. entry.Items().Select(item => item.Number())];
        if (spacing is not [>= 0, >= 0, >= 0])
        {
            throw entry.Invalid("must be three numbers of millimetres, 0 for the image's own");
        }

        return new(spacing[0], spacing[1], spacing[2]);
    }

    private static InterpolationMethod Interpolation(ParameterNode entry) => entry.Text() switch
    {
        "sitkNearestNeighbor" or "1" => InterpolationMethod.Nearest,
        "sitkLinear" or "2" => InterpolationMethod.Linear,
        "sitkBSpline" or "3" => InterpolationMethod.CubicSpline,
        "sitkGaussian" or "4" => InterpolationMethod.Gaussian,
        "sitkLabelGaussian" or "5" => InterpolationMethod.LabelGaussian,
        "sitkHammingWindowedSinc" or "6" => InterpolationMethod.HammingSinc,
        "sitkCosineWindowedSinc" or "7" => InterpolationMethod.CosineSinc,
        "sitkWelchWindowedSinc" or "8" => InterpolationMethod.WelchSinc,
        "sitkLanczosWindowedSinc" or "9" => InterpolationMethod.LanczosSinc,
        "sitkBlackmanWindowedSinc" or "10" => InterpolationMethod.BlackmanSinc,
        _ => throw entry.Invalid("is not an interpolator that PyRadiomics takes, by its name or as a number from 1 to 10"),
    };

    private static int[] Distances(ParameterNode entry)
    {
        int[] distances = [.. entry.Items().Select(AtLeastOne)];
        return distances.Length == 0 || distances.Distinct().Count() < distances.Length ? throw entry.Invalid("must name at least one distance, each once")
            : distances.Max() > 16 ? throw entry.Unsupported("they may be at most 16 voxels")
            : distances;
    }

    private static ReSegmentationUnit Unit(ParameterNode entry) => entry.Text() switch
    {
        "absolute" => ReSegmentationUnit.Intensity,
        "relative" => ReSegmentationUnit.Maximum,
        "sigma" => ReSegmentationUnit.StandardDeviation,
        _ => throw entry.Invalid("must be absolute, relative or sigma"),
    };

    private static DistanceWeighting Weighting(ParameterNode entry) => entry.Text() switch
    {
        "no_weighting" => DistanceWeighting.None,
        "manhattan" => DistanceWeighting.Manhattan,
        "euclidean" => DistanceWeighting.Euclidean,
        "infinity" => DistanceWeighting.Infinity,
        _ => throw entry.Invalid("must be manhattan, euclidean, infinity or no_weighting"),
    };

    private static double Positive(ParameterNode entry) => entry.Number() is > 0 and var value ? value : throw entry.Invalid("must be above 0");

    private static int NotNegative(ParameterNode entry) => entry.Integer() is >= 0 and var value ? value : throw entry.Invalid("must not be negative");

    private static int AtLeastOne(ParameterNode entry) => entry.Integer() is >= 1 and var value ? value : throw entry.Invalid("must be at least 1");
}
