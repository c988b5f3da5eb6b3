namespace Radiomics.Dicom;

/// <summary>
/// Slices of one series that were acquired alike and belong into one volume: same size, orientation, echo and image type.
/// </summary>
/// <param name="Series">Header of the series' first instance.</param>
/// <param name="Slices">In no particular order until <see cref="StackGeometry"/> has sorted them.</param>
internal sealed record SliceStack(InstanceHeader Series, IReadOnlyList<SliceHeader> Slices)
{
    /// <summary>The slice that speaks for all of them.</summary>
    public SliceHeader First => Slices[0];
}
