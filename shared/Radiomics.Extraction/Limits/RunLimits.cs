using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>Refuses a run that would take more memory than there is, before it takes any.</summary>
internal static class RunLimits
{
    /// <summary>Compares what the run would take with what it may.</summary>
    /// <exception cref="RadiomicsException"><c>RunTooLarge</c>, with the numbers and what bounds them.</exception>
    public static void Ensure(Volume volume, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var image = volume.Geometry;

        // Intensities that floats don't hold are doubles all the way.
        var width = volume.Doubles is null ? 1 : 2;

        // As if the ROI were the whole image, which hardly any run is refused for: then nobody needs to look where it lies.
        var there = options.MaxMemory is null ? GC.GetTotalMemory(forceFullCollection: false) : Given(volume, roi, options.ReferenceRegion);
        var most = options.MaxMemory ?? GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes;
        if (most <= 0 || there + RunEstimate.Of(image, (image.SizeX, image.SizeY, image.SizeZ), settings, options).Bytes * width <= most)
        {
            return;
        }

        var g = roi.Geometry;
        if (VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return; // which is refused for that
        }

        var sides = g.SizeX == image.SizeX && g.SizeY == image.SizeY ? (box.SizeX, box.SizeY, box.SizeZ) : Alike(box);
        there = options.MaxMemory is null ? GC.GetTotalMemory(forceFullCollection: true) : there;
        var estimate = RunEstimate.Of(image, sides, settings, options);
        var bytes = there + estimate.Bytes * width;
        if (bytes > most)
        {
            throw new RadiomicsException("RunTooLarge", string.Create(
                CultureInfo.InvariantCulture,
                $"The run would take about {Gigabytes(bytes)} of memory and {Time(estimate.Seconds / Math.Max(1, options.MaxThreads))}, and may take {Gigabytes(most)}: the ROI's box has {estimate.Voxels:N0} voxels where features are measured, and {estimate.Largest}. Choose larger voxels ('resampling.spacing'), fewer 'families' or 'filters', fewer threads, or another limit ('--max-memory')."));
        }
    }

    /// <summary>Bytes of image and masks. A limit of its own is that of this run: what others beside it hold in the same process doesn't decide whether it is refused.</summary>
    private static long Given(Volume volume, Mask roi, Mask? reference) =>
        (volume.Doubles is null ? sizeof(float) : sizeof(double)) * (long)volume.Geometry.Count + roi.Voxels.Length + (reference?.Voxels.Length ?? 0);

    /// <summary>The mask's axes are stored in another order than the image's: of its box only the size is known, as a cube.</summary>
    private static (int X, int Y, int Z) Alike(VoxelBox box)
    {
        var side = (int)Math.Ceiling(Math.Cbrt(box.Count));
        return (side, side, side);
    }

    private static string Gigabytes(double bytes) => bytes < 0.95 * (1 << 30)
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):0.0} GB");

    private static string Time(double seconds) => seconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");
}
