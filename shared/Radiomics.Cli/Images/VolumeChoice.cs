namespace Radiomics.Cli.Images;

/// <summary>Which of the numbers that a file has for each voxel, and which of its volumes, is meant.</summary>
internal static class VolumeChoice
{
    private const int Most = 1 << 16;

    /// <summary>The number of each voxel, and the volume, that an index stands for: numbers of a voxel are counted first.</summary>
    /// <param name="format">What the file is called.</param>
    /// <param name="index">Counted from 0; null: there has to be one.</param>
    /// <param name="components">Numbers for each voxel.</param>
    /// <param name="volumes">Volumes one after the other.</param>
    /// <param name="what">What they may be, in words.</param>
    /// <exception cref="Radiomics.Extraction.RadiomicsException"><c>InvalidImage</c>.</exception>
    public static (int Component, int Volume) Of(string format, int? index, int components, long volumes, string what)
    {
        if (volumes > Most / components)
        {
            throw ImageError.Of(format, "It has too many volumes.");
        }

        var all = components * (int)volumes;
        if (index is null && all > 1)
        {
            throw ImageError.Of(format, $"It has {all} {what}: say by its number, counted from 0, which one is meant (--volume; of a mask --mask-volume).");
        }

        var chosen = index ?? 0;
        return chosen >= 0 && chosen < all ? (chosen % components, chosen / components) : throw ImageError.Of(format, $"It has no volume {chosen}: there are {all}, counted from 0.");
    }
}
