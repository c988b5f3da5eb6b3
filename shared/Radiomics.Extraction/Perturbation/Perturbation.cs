using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// A small change of an image and its ROI, such as a second scan or a second reader would bring. The kinds are those of Zwanenburg et al., "Assessing
/// robustness of radiomic features by image perturbation", Scientific Reports 2019;9:614 (doi 10.1038/s41598-018-36938-4); they may be combined.
/// </summary>
public sealed record Perturbation
{
    /// <summary>What it is called; perturbations of different names draw different noise from the same seed.</summary>
    public required string Name { get; init; }

    /// <summary>How far image and ROI are moved, in voxels along each axis of the grid; fractions are the point of it.</summary>
    public Point3 Translation { get; init; }

    /// <summary>How far image and ROI are turned in the plane of the slices about the ROI's center, degrees, from x towards y.</summary>
    public double Rotation { get; init; }

    /// <summary>Standard deviation of the added Gaussian noise, in units of the image's own noise as <see cref="NoiseEstimate"/> finds it in the ROI.</summary>
    public double Noise { get; init; }

    /// <summary>By what share of its volume the ROI grows, e.g. −0.1 for a tenth less; above −1, at most 1.</summary>
    public double Growth { get; init; }

    /// <summary>
    /// By how many mm the ROI's surface moves outwards (negative: inwards), whatever the voxels' shape: a voxel that the margin covers in part belongs to the ROI with
    /// that probability, so that a margin smaller than a voxel isn't lost.
    /// </summary>
    public double Margin { get; init; }

    /// <summary>Whether the ROI's contour is drawn anew, at random, along supervoxels of the image; after everything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Contour { get; init; }

    internal void Validate()
    {
        if (!double.IsFinite(Translation.Length) || Translation.Length > 16 || Rotation is not (>= -45 and <= 45) || Noise is not (>= 0 and <= 100)
            || Growth is not (> -1 and <= 1) || Margin is not (>= -100 and <= 100))
        {
            throw new RadiomicsException(
                "InvalidPerturbation",
                "A perturbation moves by at most 16 voxels, turns by at most 45 degrees, adds at most 100 times the noise, grows the ROI by more than −1 and at most 1, and its margin is at most 100 mm.");
        }
    }
}
