using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>What a parameter file says.</summary>
/// <param name="Settings">The settings, with PyRadiomics' conventions.</param>
/// <param name="Label">Value of the ROI in the mask.</param>
internal sealed record PyRadiomicsParameters(ExtractionSettings Settings, int Label)
{
    /// <summary>Which channel of a mask with several, counted from 0; null if nothing is said.</summary>
    public int? MaskVolume { get; init; }

    /// <summary>PyRadiomics without a parameter file.</summary>
    public static PyRadiomicsParameters Default { get; } = new(PyRadiomicsDefaults.Settings, 1);

    /// <summary>
    /// The same processing with IBSI's definitions and tags: intensities, grids, masks, bins and filters as the parameters say, features as IBSI
    /// defines them. What IBSI has no counterpart for is an error.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>UnsupportedParameter</c>.</exception>
    public ExtractionSettings WithIbsiNames()
    {
        var special = Settings.PyRadiomics!;
        Refuse(special.Features.Count > 0, "featureClass with single features");
        Refuse(special.Shape2D, "shape2D");
        Refuse(special.Voxels is not null, "voxelSetting");
        Refuse(special.CorrectMask, "correctMask (--resample-mask does the same)");
        Refuse(Settings.Resampling.Method > InterpolationMethod.CubicSpline, "interpolator");
        Refuse(Settings.Filters.Any(f => f.PyRadiomics is not null), "level, start_level, gradientUseSpacing or local binary pattern");
        Refuse(Settings.Filters.Any(f => f.Type is FilterType.Lbp2D or FilterType.Lbp3D), "LBP2D or LBP3D");
        Refuse(Settings.Discretisation.Bins == 1 || Settings.FilterDiscretisation.Bins == 1, "binCount of 1");
        Refuse(special.VoxelArrayShift != 0, "voxelArrayShift");
        Refuse(special.PreCrop, "preCrop (or resampledPixelSpacing of zeros)");
        Refuse(special.Distances is not [1], "distances");
        Refuse(special.SliceAxis != SliceAxis.Z, "force2Ddimension");
        Refuse(special.ReSegmentShape, "resegmentShape");
        Refuse(special.MinimumRoiDimensions != 2, "minimumROIDimensions");
        Refuse(!special.AdditionalInfo, "additionalInfo");
        Refuse(special.MinimumRoiSize is not null, "minimumROISize");
        Refuse(special.GeometryTolerance is not null, "geometryTolerance");
        Refuse(Settings.Filters.Any(f => f.Discretisation is not null && f.Discretisation != Settings.FilterDiscretisation), "binWidth or binCount of an image type");
        var (lower, upper) = (Settings.ReSegmentation.Lower, Settings.ReSegmentation.Upper);
        var outliers = Settings.ReSegmentation.Unit == ReSegmentationUnit.StandardDeviation;
        Refuse(Settings.ReSegmentation.Unit == ReSegmentationUnit.Maximum || (outliers && lower != -upper), "this resegmentRange in this resegmentMode");
        return Settings with
        {
            Name = "pyradiomics-ibsi",
            Conventions = Conventions.Ibsi,
            PyRadiomics = null,
            ReSegmentation = outliers ? new() { OutlierSigma = upper } : Settings.ReSegmentation,
            Filters = [.. Settings.Filters.Select(f => f with { SigmaName = null, Discretisation = null })],
        };
    }

    private static void Refuse(bool isSaid, string setting)
    {
        if (isSaid)
        {
            throw new RadiomicsException("UnsupportedParameter", $"The parameter file's {setting} has no counterpart in IBSI; leave out '--naming ibsi'.");
        }
    }
}
