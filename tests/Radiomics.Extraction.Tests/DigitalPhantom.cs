namespace Radiomics.Extraction.Tests;

/// <summary>
/// The IBSI digital phantom: 5 × 4 × 4 voxels of 2 mm, of which 74 are in the ROI (IBSI reference manual 1.5, section 5.1; CC BY 4.0). It stands
/// here in full so that a clone without other data proves conformity.
/// </summary>
internal static class DigitalPhantom
{
    private static readonly float[] Intensities =
    [
        1, 4, 4, 1, 1, 1, 4, 6, 1, 1, 4, 1, 6, 4, 1, 4, 4, 6, 4, 1,
        1, 4, 4, 1, 1, 1, 1, 6, 1, 1, 1, 1, 3, 1, 1, 4, 4, 6, 1, 1,
        1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 6, 1, 1,
        1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 1, 1,
    ];

    private static readonly byte[] Inside =
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static readonly VolumeGeometry Geometry = new() { SizeX = 5, SizeY = 4, SizeZ = 4, SpacingX = 2, SpacingY = 2, SpacingZ = 2 };

    public static Volume Image => new(Geometry, [.. Intensities]);

    public static Mask Roi => new(Geometry, [.. Inside]);
}
