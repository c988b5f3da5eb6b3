using System.Runtime.ExceptionServices;

namespace Radiomics.Extraction;

/// <summary>Extraction with PyRadiomics' conventions: its way through processing and filters, its feature classes.</summary>
internal static class PyRadiomicsExtractor
{
    private const string TooSmall = "The image around the ROI is too small for this filter.";

    /// <summary>Features by PyRadiomics' names.</summary>
    public static FeatureVector Extract(Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var frame = PyRadiomicsFrame.Create(image, roi, settings, options);
        var images = Images(frame, settings, options);
        var features = Measure(frame, images, settings, options);
        return new()
        {
            Features = features.Values,
            Diagnostics = frame.Diagnostics,
            Undefined = features.Undefined,
            Settings = settings,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = FeatureExtractor.EngineVersion,
        };
    }

    /// <summary>The image and its filters' responses by name; null where a filter finds the image too small.</summary>
    private static List<(string Name, PyRadiomicsMap? Map)> Images(PyRadiomicsFrame frame, ExtractionSettings settings, ExtractionOptions options)
    {
        PyRadiomicsFilters[] steps = [.. PyRadiomicsFilters.All(settings)];
        var images = new List<(string, PyRadiomicsMap?)>[steps.Length + 1];
        Run(images.Length, options, i =>
        {
            images[i] = i == 0 ? Original(frame, settings) : Responses(frame, steps[i - 1], settings, options.Cancellation);
        });
        return [.. images.SelectMany(some => some)];
    }

    private static List<(string Name, PyRadiomicsMap? Map)> Original(PyRadiomicsFrame frame, ExtractionSettings settings) =>
        settings.MeasureOriginal ? [("original", new(frame.Roi, settings.Discretisation, settings))] : [];

    private static List<(string Name, PyRadiomicsMap? Map)> Responses(
        PyRadiomicsFrame frame, PyRadiomicsFilters step, ExtractionSettings settings, CancellationToken cancellation)
    {
        var responses = step.Apply(frame, settings, cancellation);
        var bins = step.Filter.Discretisation ?? settings.FilterDiscretisation;
        return
        [
            .. step.Names.Select((name, i) =>
                (name, responses is null ? null : new PyRadiomicsMap(frame.Roi with { Intensities = responses[i] }, bins, settings))),
        ];
    }

    /// <summary>Every class of every image; shape of the ROI once, whether or not the image itself is measured.</summary>
    private static FeatureSink Measure(
        PyRadiomicsFrame frame, List<(string Name, PyRadiomicsMap? Map)> images, ExtractionSettings settings, ExtractionOptions options)
    {
        var special = settings.PyRadiomics ?? new();
        var classes = PyRadiomicsFeatures.Classes.Where(c => settings.Families.Contains(c.Family)).ToArray();
        var work = new List<(string Name, PyRadiomicsMap? Map, PyRadiomicsClass Class)>();
        foreach (var featureClass in classes)
        {
            if (featureClass.Family == FeatureFamily.Morphology)
            {
                work.Add(("original", null, featureClass));
            }
            else
            {
                work.AddRange(images.Select(image => (image.Name, image.Map, featureClass)));
            }
        }

        var sinks = new FeatureSink[work.Count];
        Run(work.Count, options, i =>
        {
            var (name, map, featureClass) = work[i];
            var sink = new ClassSink(name, featureClass, special);
            if (featureClass.Family == FeatureFamily.Morphology)
            {
                ShapeClass.Add(frame.Shape, sink);
            }
            else if (map is null)
            {
                sink.AddUndefined(TooSmall);
            }
            else
            {
                Add(featureClass.Family, map, sink);
            }

            sinks[i] = sink.Features;
        });
        var all = new FeatureSink();
        foreach (var sink in sinks)
        {
            all.Add(sink);
        }

        return all;
    }

    private static void Add(FeatureFamily family, PyRadiomicsMap image, ClassSink features)
    {
        switch (family)
        {
            case FeatureFamily.Statistics:
                FirstOrderClass.Add(image, features);
                break;
            case FeatureFamily.Glcm:
                DirectionClasses.AddCooccurrence(image, features);
                break;
            case FeatureFamily.Glrlm:
                DirectionClasses.AddRuns(image, features);
                break;
            case FeatureFamily.Glszm:
                CountClasses.AddZones(image, features);
                break;
            case FeatureFamily.Ngtdm:
                ToneDifferenceClass.Add(image, features);
                break;
            case FeatureFamily.Ngldm:
                CountClasses.AddDependences(image, features);
                break;
        }
    }

    /// <summary>Runs work in parallel; of several faults the first in order comes out, whichever thread failed first.</summary>
    private static void Run(int count, ExtractionOptions options, Action<int> work)
    {
        var faults = new ExceptionDispatchInfo?[count];
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxThreads, CancellationToken = options.Cancellation },
            i =>
            {
                try
                {
                    work(i);
                }
                catch (Exception e)
                {
                    faults[i] = ExceptionDispatchInfo.Capture(e);
                }
            });
        foreach (var fault in faults)
        {
            fault?.Throw();
        }
    }
}
