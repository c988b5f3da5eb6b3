namespace Radiomics.Extraction.Tests;

/// <summary>Small volumes that other programs can make as well.</summary>
internal static class TestVolumes
{
    /// <summary>9 × 7 × 5 voxels of 1.2 × 0.9 × 3.0 mm: <c>7919·i mod 101 + 100</c> of each index i.</summary>
    public static FilterDomain Sawtooth()
    {
        var voxels = new float[9 * 7 * 5];
        for (var i = 0; i < voxels.Length; i++)
        {
            voxels[i] = i * 7919 % 101 + 100;
        }

        return new(voxels, (9, 7, 5), (1.2, 0.9, 3.0), new(0, 0, 0, 9, 7, 5), 150);
    }
}
