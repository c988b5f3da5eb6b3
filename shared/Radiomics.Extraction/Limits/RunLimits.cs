using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>Refuses a run that would take more memory than there is, before it takes any.</summary>
internal static class RunLimits
{
    /// <summary>Compares what the run would take with what it may.</summary>
    /// <exception cref="RadiomicsException"><c>RunTooLarge</c>, with the numbers and what bounds them.</exception>
    public static void Ensure(VolumeGeometry image, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        // As if the ROI were the whole image, which hardly any run is refused for: then nobody needs to look where it lies.
        var there = GC.GetTotalMemory(forceFullCollection: false);
        var most = options.MaxMemory ?? GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes;
        if (most <= 0 || there + RunEstimate.Of(image, (image.SizeX, image.SizeY, image.SizeZ), settings, options).Bytes <= most)
        {
            return;
        }

        var g = roi.Geometry;
        if (VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return; // which is refused for that
        }

        var sides = g.SizeX == image.SizeX && g.SizeY == image.SizeY ? (box.SizeX, box.SizeY, box.SizeZ) : Alike(box);
        there = GC.GetTotalMemory(forceFullCollection: true);
        var estimate = RunEstimate.Of(image, sides, settings, options);
        if (there + estimate.Bytes > most)
        {
            throw new RadiomicsException("RunTooLarge", string.Create(
                CultureInfo.InvariantCulture,
                $"The run would take about {Gigabytes(there + estimate.Bytes)} of memory and {Time(estimate.Seconds / Math.Max(1, options.MaxThreads))}, and may take {Gigabytes(most)}: the ROI's box has {estimate.Voxels:N0} voxels where features are measured, and {estimate.Largest}. Choose larger voxels ('resampling.spacing'), fewer 'families' or 'filters', fewer threads, or another limit ('--max-memory')."));
        }
    }

    /// <summary>The mask's axes are stored in another order than the image's: of its box only the size is known, as a cube.</summary>
    private static (int X, int Y, int Z) Alike(VoxelBox box)
    {
        var side = (int)Math.Ceiling(Math.Cbrt(box.Count));
        return (side, side, side);
    }

    private static string Gigabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):0.0} GB");

    private static string Time(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");
}
