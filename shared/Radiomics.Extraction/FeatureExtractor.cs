using System.Runtime.ExceptionServices;

namespace Radiomics.Extraction;

/// <summary>The engine's front: one volume, one ROI, one set of settings in; one feature vector out.</summary>
public static class FeatureExtractor
{
    /// <summary>Declared version of the engine; changes whenever a value may, so that stored features are never mixed.</summary>
    public const string EngineVersion = "1.0.0";

    /// <summary>Extracts features of <paramref name="roi"/> in <paramref name="image"/>. The same input gives the same values, bit by bit, on any number of threads.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>GridMismatch</c>: image and ROI lie on different grids; <c>EmptyRoi</c>: no voxel inside, or none left by interpolation or re-segmentation;
    /// <c>NonFiniteVoxels</c>: NaN or infinity where an intensity is needed; <c>InvalidSettings</c>: options that don't fit each other or this image;
    /// <c>ReferenceRegionMissing</c>: the settings normalise by a reference region, and none was given.
    /// </exception>
    public static FeatureVector Extract(Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions? options = null)
    {
        options ??= ExtractionOptions.Default;
        settings.Validated();
        var processed = ProcessedRoi.From(image, roi, settings, options);
        var features = Measure(MeasuredImages(processed, settings), options);
        return new()
        {
            Features = features.Values,
            Diagnostics = processed.Diagnostics,
            Undefined = features.Undefined,
            Settings = settings,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = EngineVersion,
        };
    }

    private static List<MeasuredImage> MeasuredImages(ProcessedRoi roi, ExtractionSettings settings) =>
        [new("", roi, roi.Intensity.Intensities, roi.SortedIntensities, settings)];

    /// <summary>Every family of every image, in parallel; each writes to a sink of its own, and the sinks come together in order.</summary>
    private static FeatureSink Measure(List<MeasuredImage> images, ExtractionOptions options)
    {
        (MeasuredImage Image, FeatureFamily Family)[] work =
        [
            .. from image in images
               from family in image.Settings.Families
               where image.IsOriginal || family is not (FeatureFamily.Morphology or FeatureFamily.SpatialAutocorrelation)
               select (image, family),
        ];
        var sinks = new FeatureSink[work.Length];
        var faults = new ExceptionDispatchInfo?[work.Length];
        Parallel.For(
            0,
            work.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxThreads, CancellationToken = options.Cancellation },
            i =>
            {
                try
                {
                    sinks[i] = FeatureFamilies.Measure(work[i].Family, work[i].Image);
                }
                catch (Exception e)
                {
                    faults[i] = ExceptionDispatchInfo.Capture(e);
                }
            });
        var all = new FeatureSink();
        for (var i = 0; i < work.Length; i++)
        {
            // The first in order, whichever thread failed first.
            faults[i]?.Throw();
            all.Add(sinks[i], work[i].Image.Prefix);
        }

        return all;
    }
}
