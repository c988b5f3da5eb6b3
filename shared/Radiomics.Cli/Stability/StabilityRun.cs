using System.Runtime.ExceptionServices;
using Radiomics.Cli.Extract;
using Radiomics.Cli.Extract.Batch;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary><c>radiomics stability</c>: each case as it is and perturbed, and what its features make of that.</summary>
internal sealed class StabilityRun(StabilityRequest request, Terminal terminal)
{
    /// <summary>Fewer cases than this say next to nothing about a correlation.</summary>
    public const int LeastCases = 10;

    /// <summary>The dispersion of a single case.</summary>
    public StabilityReport Single(NiftiCase files, CancellationToken cancellation)
    {
        var vectors = Vectors(files.Read(() => request.Settings), "", request.Jobs, cancellation);
        var features = new SortedDictionary<string, FeatureDispersion>(StringComparer.Ordinal);
        foreach (var (tag, value) in vectors[0].Features)
        {
            features[tag] = FeatureDispersion.Of(value, [.. vectors.Skip(1).Select(vector => vector.Features.GetValueOrDefault(tag))]);
        }

        return new(request, null, features, [], 1, Warnings(vectors));
    }

    /// <summary>
    /// The intraclass correlations over a list of cases; where several labels are meant, each region of a mask is a case. One that can't be used is told, and stops no other.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>TooFewCases</c>: less than ten can be used.</exception>
    public async Task<StabilityReport> BatchAsync(IReadOnlyList<BatchCase> cases, CancellationToken cancellation)
    {
        if (cases.Count < LeastCases && !cases.Any(one => one.Files.Labels.AreMany))
        {
            throw TooFew($"The list has {cases.Count} {(cases.Count == 1 ? "case" : "cases")}");
        }

        var measured = new IReadOnlyList<MeasuredCase>[cases.Count];
        await new BatchProgress(terminal, cases.Count).RunAsync(progress => Parallel.ForAsync(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = cancellation },
            (i, stop) =>
            {
                measured[i] = Measure(cases[i], stop);
                progress.Done(cases[i].Name, "measured", measured[i].FirstOrDefault(one => one.Error is not null).Error);
                return ValueTask.CompletedTask;
            }));
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<FeatureVector>[] used = [.. measured.SelectMany(one => one).Select(one => one.Vectors).OfType<IReadOnlyList<FeatureVector>>()];
        StabilityFailure[] failed = [.. measured.SelectMany(one => one).Where(one => one.Error is not null).Select(one => new StabilityFailure(one.Name, one.Error!.Code, one.Error.Detail))];
        return used.Length >= LeastCases ? new(request, StabilityTable.Of(used, request.Form, LeastCases), null, failed, used.Length, Warnings(used.SelectMany(one => one)))
            : throw TooFew(failed.Length == 0
                ? $"The list has {used.Length} regions"
                : $"Only {used.Length} of {used.Length + failed.Length} cases can be used (the first that can't, '{failed[0].Case}': {failed[0].Detail} ({failed[0].Code}))");
    }

    /// <summary>A case of the list, or each region of its mask that is meant.</summary>
    private List<MeasuredCase> Measure(BatchCase one, CancellationToken cancellation)
    {
        var measured = new List<MeasuredCase>();
        var name = one.Name;
        try
        {
            foreach (var region in one.Files.ReadAll(() => request.Settings))
            {
                name = one.Files.Labels.AreMany ? $"{one.Name} label {region.Label}" : one.Name;
                measured.Add(Measure(region, name, cancellation));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            measured.Add(new(name, null, CommandError.From(request.Words(exception))));
        }

        return measured;
    }

    private MeasuredCase Measure(ReadNiftiCase region, string name, CancellationToken cancellation)
    {
        try
        {
            return new(name, Vectors(region, name, 1, cancellation), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(name, null, CommandError.From(request.Words(exception)));
        }
    }

    /// <summary>The features of the case as it is, then of each perturbed image.</summary>
    private FeatureVector[] Vectors(ReadNiftiCase read, string name, int jobs, CancellationToken cancellation)
    {
        var (perturbations, seed) = request.For(name);
        var vectors = new FeatureVector[perturbations.Count + 1];
        var options = new ExtractionOptions { ReferenceRegion = read.Reference, MaxThreads = 1, Cancellation = cancellation, MaxMemory = MaxMemory(jobs) };

        // First as it is: what can't be extracted is told once, in the engine's words.
        vectors[0] = FeatureExtractor.Extract(read.Image, read.Roi, request.Settings, options);
        vectors[0] = vectors[0] with { Warnings = [.. read.Warnings.Select(warning => name.Length > 0 ? $"{name}: {warning}" : warning), .. vectors[0].Warnings] };

        // Perturbations are of an ROI on the image's own grid.
        var roi = request.Settings.PyRadiomics is { CorrectMask: true } ? read.Roi.ResampledOnto(read.Image.Geometry) : read.Roi;
        try
        {
            Parallel.For(1, vectors.Length, new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
            {
                var (image, perturbed) = Perturbations.Apply(read.Image, roi, perturbations[i - 1], seed, maxThreads: 1);
                vectors[i] = FeatureExtractor.Extract(image, perturbed, request.Settings, options);
            });
        }
        catch (AggregateException exception)
        {
            // Of several threads the first that failed.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return vectors;
    }

    /// <summary>What an image may take of the memory, with <paramref name="images"/> of a case at a time.</summary>
    private long? MaxMemory(int images) => request.MaxMemory is { } most ? most / images : CaseOptions.ShareOfMemory(request.Jobs);

    private static string[] Warnings(IEnumerable<FeatureVector> vectors) => [.. vectors.SelectMany(vector => vector.Warnings).Distinct(StringComparer.Ordinal)];

    private static RadiomicsException TooFew(string found) => new(
        "TooFewCases", $"{found}; an ICC takes at least {LeastCases}. For a single case 'radiomics stability IMAGE MASK' tells the dispersion of its features.");

    /// <summary>The vectors of one case, or why there are none.</summary>
    private readonly record struct MeasuredCase(string Name, IReadOnlyList<FeatureVector>? Vectors, CommandError? Error);
}
