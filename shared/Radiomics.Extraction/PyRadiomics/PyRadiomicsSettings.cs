using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// What PyRadiomics' parameter files can say and IBSI's chain has no word for; only with <see cref="Conventions.PyRadiomics"/>. The defaults are
/// PyRadiomics' own. Each option's name there stands in brackets.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PyRadiomicsSettings
{
    /// <summary>
    /// Features by class (<c>glcm</c>: <c>Contrast</c>, …), where not all default ones of a class are wanted (featureClass). Which classes there
    /// are is in <see cref="ExtractionSettings.Families"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Features { get; init; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Whether the shape of an ROI of one slice is measured in it, as well or instead of in space; with 2D textures only (shape2D in featureClass).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Shape2D { get; init; }

    /// <summary>Added to the intensities in Energy, TotalEnergy and RootMeanSquared (voxelArrayShift).</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>Voxels of the image that stay around the ROI's box when it is resampled or cropped; filters end there (padDistance).</summary>
    public int PadDistance { get; init; } = 5;

    /// <summary>Whether filters see the ROI's box and <see cref="PadDistance"/> only, instead of the whole image, if it isn't resampled (preCrop).</summary>
    public bool PreCrop { get; init; }

    /// <summary>Chebyshev distances of the neighbours in GLCM, NGTDM and GLDM: these shells, not what lies between (distances).</summary>
    public IReadOnlyList<int> Distances { get; init; } = [1];

    /// <summary>Axis across the slices of 2D textures (force2Ddimension).</summary>
    public SliceAxis SliceAxis { get; init; }

    /// <summary>Whether re-segmentation goes for shape features as well (resegmentShape).</summary>
    public bool ReSegmentShape { get; init; }

    /// <summary>Least number of axes along which the ROI must have more than one voxel, 1 to 3 (minimumROIDimensions).</summary>
    public int MinimumRoiDimensions { get; init; } = 2;

    /// <summary>The ROI must have more voxels than this; null: no such check (minimumROISize).</summary>
    public int? MinimumRoiSize { get; init; }

    /// <summary>By how many mm corners of image and mask may lie apart; null: the engine's own tolerance (geometryTolerance).</summary>
    public double? GeometryTolerance { get; init; }

    /// <summary>Whether a mask on another grid is brought onto the image's by its nearest voxel, if its ROI lies within the image (correctMask).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CorrectMask { get; init; }

    /// <summary>Maps of features, beside the features of the ROI, where maps are written; null: none (voxelSetting).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PyRadiomicsVoxelSettings? Voxels { get; init; }

    /// <summary>Whether the diagnostics are part of the result (additionalInfo).</summary>
    public bool AdditionalInfo { get; init; } = true;

    /// <summary>Names of a class' features that are wanted.</summary>
    internal IReadOnlyList<string> NamesOf(PyRadiomicsClass featureClass) =>
        Features.TryGetValue(featureClass.Name, out var named) && named.Count > 0 ? named : featureClass.Default;

    internal void Validate()
    {
        ExtractionSettings.Require(
            Features is not null && Distances is not null, "An option of 'pyRadiomics' may be absent, but not null.");
        foreach (var (name, features) in Features)
        {
            ExtractionSettings.Require(
                PyRadiomicsFeatures.Class(name) is { } known && features is not null && features.All(known.Has),
                $"'pyRadiomics.features' has a class '{name}' or a feature of it that PyRadiomics doesn't have.");
        }

        ExtractionSettings.Require(double.IsFinite(VoxelArrayShift), "'pyRadiomics.voxelArrayShift' must be a number.");
        ExtractionSettings.Require(PadDistance >= 0, "'pyRadiomics.padDistance' must not be negative.");
        ExtractionSettings.Require(
            Distances.Count > 0 && Distances.All(d => d is >= 1 and <= 16) && Distances.Distinct().Count() == Distances.Count,
            "'pyRadiomics.distances' must be at least one distance of 1 to 16 voxels, each once.");
        ExtractionSettings.Require(MinimumRoiDimensions is >= 1 and <= 3, "'pyRadiomics.minimumRoiDimensions' must be 1 to 3.");
        ExtractionSettings.Require(MinimumRoiSize is null or > 0, "'pyRadiomics.minimumRoiSize' must be positive.");
        ExtractionSettings.Require(GeometryTolerance is null or > 0, "'pyRadiomics.geometryTolerance' must be positive.");
        Voxels?.Validate();
    }
}

/// <summary>An axis of the voxel grid; as a number what PyRadiomics calls its dimension.</summary>
public enum SliceAxis
{
    /// <summary>Slices as they were acquired.</summary>
    Z,

    /// <summary>Across rows.</summary>
    Y,

    /// <summary>Across columns.</summary>
    X,
}
