using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>
/// PyRadiomics' keys for the engine's options: what the engine says of its own options is said to the writer of a parameter file, who knows only the keys.
/// </summary>
internal static class ParameterKeys
{
    // Sentences name options in quotation marks, so that no name is found within another.
    private static readonly (string Option, string Key)[] _keys =
    [
        ("filters.pyRadiomics.levels", "level"), ("startLevel", "start_level"), ("filters.pyRadiomics.lbp2DRadius", "lbp2DRadius"),
        ("filters.pyRadiomics.lbp2DSamples", "lbp2DSamples"), ("filters.pyRadiomics.lbp3DLevels", "lbp3DLevels"),
        ("filters.pyRadiomics.lbp3DRadius", "lbp3DIcosphereRadius"), ("filters.pyRadiomics.lbp3DSubdivision", "lbp3DIcosphereSubdivision"),
        ("filters.discretisation.binSize", "binWidth"), ("filters.discretisation.bins", "binCount"), ("filterDiscretisation.binSize", "binWidth"),
        ("filterDiscretisation.bins", "binCount"), ("discretisation.binSize", "binWidth"), ("discretisation.bins", "binCount"), ("filters", "imageType"),
        ("resampling.spacing", "resampledPixelSpacing"), ("resampling.method", "interpolator"), ("reSegmentation.lower", "resegmentRange"),
        ("reSegmentation.unit", "resegmentMode"), ("normalisation.scale", "normalizeScale"),
        ("normalisation.clipSigma", "removeOutliers"), ("texture.dependenceCoarseness", "gldm_a"), ("texture.distanceWeighting", "weightingNorm"),
        ("texture.aggregations", "force2D"), ("families", "featureClass"), ("pyRadiomics.features", "featureClass"),
        ("pyRadiomics.voxelArrayShift", "voxelArrayShift"), ("pyRadiomics.padDistance", "padDistance"), ("pyRadiomics.distances", "distances"),
        ("pyRadiomics.minimumRoiDimensions", "minimumROIDimensions"), ("pyRadiomics.minimumRoiSize", "minimumROISize"),
        ("pyRadiomics.geometryTolerance", "geometryTolerance"), ("pyRadiomics.voxels.kernelRadius", "kernelRadius"),
    ];

    /// <summary>The same error with PyRadiomics' keys; <c>InvalidParameters</c> if it was one of the settings.</summary>
    public static RadiomicsException InTheirWords(RadiomicsException e)
    {
        var detail = e.Detail;
        foreach (var (option, key) in _keys)
        {
            detail = detail.Replace($"'{option}'", $"'{key}'", StringComparison.Ordinal);
        }

        return e.Code == "InvalidSettings" ? new("InvalidParameters", $"In the parameter file: {detail}", e) : new(e.Code, detail, e);
    }
}
