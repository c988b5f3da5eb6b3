namespace Radiomics.Extraction;

/// <summary>The feature classes that PyRadiomics 3 has in three dimensions, and their features by its names.</summary>
public static class PyRadiomicsFeatures
{
    /// <summary>All classes, in the order of the engine's families.</summary>
    public static IReadOnlyList<PyRadiomicsClass> Classes { get; } =
    [
        new("shape", FeatureFamily.Morphology)
        {
            Default =
            [
                "MeshVolume", "VoxelVolume", "SurfaceArea", "SurfaceVolumeRatio", "Sphericity", "Maximum3DDiameter", "Maximum2DDiameterSlice",
                "Maximum2DDiameterColumn", "Maximum2DDiameterRow", "MajorAxisLength", "MinorAxisLength", "LeastAxisLength", "Elongation", "Flatness",
            ],
            OnRequest = ["Compactness1", "Compactness2", "SphericalDisproportion"],
        },
        new("firstorder", FeatureFamily.Statistics)
        {
            Default =
            [
                "Energy", "TotalEnergy", "Entropy", "Minimum", "10Percentile", "90Percentile", "Maximum", "Mean", "Median", "InterquartileRange", "Range",
                "MeanAbsoluteDeviation", "RobustMeanAbsoluteDeviation", "RootMeanSquared", "Skewness", "Kurtosis", "Variance", "Uniformity",
            ],
            OnRequest = ["StandardDeviation"],
        },
        new("glcm", FeatureFamily.Glcm)
        {
            Default =
            [
                "Autocorrelation", "JointAverage", "ClusterProminence", "ClusterShade", "ClusterTendency", "Contrast", "Correlation", "DifferenceAverage",
                "DifferenceEntropy", "DifferenceVariance", "JointEnergy", "JointEntropy", "Imc1", "Imc2", "Idm", "MCC", "Idmn", "Id", "Idn",
                "InverseVariance", "MaximumProbability", "SumAverage", "SumEntropy", "SumSquares",
            ],
            Dropped = new Dictionary<string, string>
            {
                ["Dissimilarity"] = "It equals DifferenceAverage.",
                ["Homogeneity1"] = "It equals Id.",
                ["Homogeneity2"] = "It equals Idm.",
                ["SumVariance"] = "It equals ClusterTendency.",
            },
        },
        new("glrlm", FeatureFamily.Glrlm)
        {
            Default =
            [
                "ShortRunEmphasis", "LongRunEmphasis", "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "RunLengthNonUniformity",
                "RunLengthNonUniformityNormalized", "RunPercentage", "GrayLevelVariance", "RunVariance", "RunEntropy", "LowGrayLevelRunEmphasis",
                "HighGrayLevelRunEmphasis", "ShortRunLowGrayLevelEmphasis", "ShortRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis",
                "LongRunHighGrayLevelEmphasis",
            ],
        },
        new("glszm", FeatureFamily.Glszm)
        {
            Default =
            [
                "SmallAreaEmphasis", "LargeAreaEmphasis", "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "SizeZoneNonUniformity",
                "SizeZoneNonUniformityNormalized", "ZonePercentage", "GrayLevelVariance", "ZoneVariance", "ZoneEntropy", "LowGrayLevelZoneEmphasis",
                "HighGrayLevelZoneEmphasis", "SmallAreaLowGrayLevelEmphasis", "SmallAreaHighGrayLevelEmphasis", "LargeAreaLowGrayLevelEmphasis",
                "LargeAreaHighGrayLevelEmphasis",
            ],
        },
        new("ngtdm", FeatureFamily.Ngtdm) { Default = ["Coarseness", "Contrast", "Busyness", "Complexity", "Strength"] },
        new("gldm", FeatureFamily.Ngldm)
        {
            Default =
            [
                "SmallDependenceEmphasis", "LargeDependenceEmphasis", "GrayLevelNonUniformity", "DependenceNonUniformity",
                "DependenceNonUniformityNormalized", "GrayLevelVariance", "DependenceVariance", "DependenceEntropy", "LowGrayLevelEmphasis",
                "HighGrayLevelEmphasis", "SmallDependenceLowGrayLevelEmphasis", "SmallDependenceHighGrayLevelEmphasis",
                "LargeDependenceLowGrayLevelEmphasis", "LargeDependenceHighGrayLevelEmphasis",
            ],
            Dropped = new Dictionary<string, string>
            {
                ["GrayLevelNonUniformityNormalized"] = "It equals firstorder Uniformity.",
                ["DependencePercentage"] = "It is always 1.",
            },
        },
    ];

    /// <summary>The class of an ROI of one slice, chosen by <see cref="PyRadiomicsSettings.Shape2D"/>, not by a family.</summary>
    public static PyRadiomicsClass Shape2D { get; } = new("shape2D", FeatureFamily.Morphology)
    {
        Default =
        [
            "MeshSurface", "PixelSurface", "Perimeter", "PerimeterSurfaceRatio", "Sphericity", "MaximumDiameter", "MajorAxisLength", "MinorAxisLength",
            "Elongation",
        ],
        OnRequest = ["SphericalDisproportion"],
    };

    /// <summary>The class of that name; null if there is none.</summary>
    public static PyRadiomicsClass? Class(string name) => name == Shape2D.Name ? Shape2D : Classes.FirstOrDefault(c => c.Name == name);

    internal static PyRadiomicsClass Of(FeatureFamily family) => Classes.First(c => c.Family == family);

    internal static bool Has(FeatureFamily family) => Classes.Any(c => c.Family == family);
}

/// <summary>A feature class of PyRadiomics.</summary>
/// <param name="Name">Its name there, e.g. <c>gldm</c>.</param>
/// <param name="Family">The family that it is here.</param>
public sealed record PyRadiomicsClass(string Name, FeatureFamily Family)
{
    /// <summary>Features computed unless some are named.</summary>
    public required IReadOnlyList<string> Default { get; init; }

    /// <summary>Features computed only if named.</summary>
    public IReadOnlyList<string> OnRequest { get; init; } = [];

    /// <summary>Features that PyRadiomics still knows by name, but computes no more, and why; they come out undefined.</summary>
    public IReadOnlyDictionary<string, string> Dropped { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the class has, or had, a feature of that name.</summary>
    public bool Has(string feature) => Default.Contains(feature) || OnRequest.Contains(feature) || Dropped.ContainsKey(feature);
}
