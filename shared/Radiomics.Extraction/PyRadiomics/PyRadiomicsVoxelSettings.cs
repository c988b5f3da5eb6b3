using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// Maps of PyRadiomics' features (its voxel-based extraction, <c>voxelSetting</c>): each voxel of the ROI has the features of a small cube around it. They are made where maps are
/// looked at (<see cref="ExtractionOptions.Maps"/>); the features of the ROI are what they are without. Each option's name there stands in brackets.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PyRadiomicsVoxelSettings
{
    /// <summary>The largest <see cref="KernelRadius"/>.</summary>
    public const int LargestRadius = 16;

    /// <summary>How many voxels the kernel reaches in each direction, 1 to 16; with 2D textures in the slice only (kernelRadius).</summary>
    public int KernelRadius { get; init; } = 1;

    /// <summary>Whether kernels end where the ROI does; else they see all voxels of the ROI's box and <see cref="KernelRadius"/> around it, which grey levels are then found from, too (maskedKernel).</summary>
    public bool MaskedKernel { get; init; } = true;

    /// <summary>Value of the voxels outside the ROI; null: not a number (initValue).</summary>
    public double? InitialValue { get; init; } = 0;

    internal void Validate()
    {
        ExtractionSettings.Require(KernelRadius is >= 1 and <= LargestRadius, "'pyRadiomics.voxels.kernelRadius' must be 1 to 16.");
        ExtractionSettings.Require(InitialValue is not { } value || double.IsFinite(value), "'pyRadiomics.voxels.initialValue' must be a number, or null.");
    }
}
