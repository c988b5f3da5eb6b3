namespace Radiomics.Dicom;

/// <summary>
/// Slices of one series that were acquired alike and belong into one volume: same size, orientation, echo and image type.
/// </summary>
/// <param name="Series">Header of the series' first instance.</param>
/// <param name="Slices">In no particular order until <see cref="StackGeometry"/> has sorted them.</param>
internal sealed record SliceStack(InstanceHeader Series, IReadOnlyList<SliceHeader> Slices)
{
    /// <summary>Which of several images at each place these are, from 0, in the order of time.</summary>
    public int Phase { get; init; }

    /// <summary>How many images the series has at each place of this kind.</summary>
    public int Phases { get; init; } = 1;

    /// <summary>How many echo times the images have that are otherwise like these, of this series or of others that are.</summary>
    public int Echoes { get; init; } = 1;

    /// <summary>Whether any image of the series was acquired with a b-value above 0.</summary>
    public bool IsDiffusion { get; init; }

    /// <summary>The slice that speaks for all of them.</summary>
    public SliceHeader First => Slices[0];
}
