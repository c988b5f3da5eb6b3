using Radiomics.Cli.Extract;
using Radiomics.Cli.Extract.Batch;
using Radiomics.Cli.Output;
using Radiomics.Cli.PyRadiomics;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary><c>radiomics stability</c>: each case as it is and perturbed, and what its features make of that.</summary>
internal sealed class StabilityRun(StabilityRequest request, Terminal terminal)
{
    /// <summary>Fewer cases than this say next to nothing about a correlation.</summary>
    public const int LeastCases = 10;

    /// <summary>The dispersion of a single case.</summary>
    public StabilityReport Single(string image, string mask, CancellationToken cancellation)
    {
        var read = new NiftiCase(image, mask, request.Label, request.ReferenceMask) { MaskVolume = request.MaskVolume }.Read(() => request.Settings);
        var vectors = Vectors(read, "", request.Jobs, cancellation);
        var features = new SortedDictionary<string, FeatureDispersion>(StringComparer.Ordinal);
        foreach (var (tag, value) in vectors[0].Features)
        {
            features[tag] = FeatureDispersion.Of(value, [.. vectors.Skip(1).Select(vector => vector.Features.GetValueOrDefault(tag))]);
        }

        return new(request, null, features, [], 1, Warnings(vectors));
    }

    /// <summary>The intraclass correlations over a list of cases. A case that can't be used is told, and stops no other.</summary>
    /// <exception cref="RadiomicsException"><c>TooFewCases</c>: less than ten can be used.</exception>
    public async Task<StabilityReport> BatchAsync(string list, CancellationToken cancellation)
    {
        var cases = BatchCase.ReadAll(list, request.Label, request.ReferenceMask, files => files with { MaskVolume = files.MaskVolume ?? request.MaskVolume });
        if (cases.Count < LeastCases)
        {
            throw TooFew($"The list has {cases.Count} {(cases.Count == 1 ? "case" : "cases")}");
        }

        var (vectors, errors) = (new IReadOnlyList<FeatureVector>?[cases.Count], new CommandError?[cases.Count]);
        await new BatchProgress(terminal, cases.Count).RunAsync(progress => Parallel.ForAsync(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = cancellation },
            (i, stop) =>
            {
                try
                {
                    vectors[i] = Vectors(cases[i].Files.Read(() => request.Settings), cases[i].Name, 1, stop);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    errors[i] = CommandError.From(exception);
                }

                progress.Done(cases[i].Name, "measured", errors[i]);
                return ValueTask.CompletedTask;
            }));
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<FeatureVector>[] used = [.. vectors.OfType<IReadOnlyList<FeatureVector>>()];
        StabilityFailure[] failed = [.. cases.Select((one, i) => errors[i] is { } error ? new StabilityFailure(one.Name, error.Code, error.Detail) : null).OfType<StabilityFailure>()];
        return used.Length < LeastCases
            ? throw TooFew($"Only {used.Length} of {cases.Count} cases can be used (the first that can't, '{failed[0].Case}': {failed[0].Detail} ({failed[0].Code}))")
            : new(request, StabilityTable.Of(used, request.Form, LeastCases), null, failed, used.Length, Warnings(used.SelectMany(one => one)));
    }

    /// <summary>The features of the case as it is, then of each perturbed image.</summary>
    private FeatureVector[] Vectors(ReadNiftiCase read, string name, int jobs, CancellationToken cancellation)
    {
        var (perturbations, seed) = request.For(name);
        var vectors = new FeatureVector[perturbations.Count + 1];
        var options = new ExtractionOptions { ReferenceRegion = read.Reference, MaxThreads = 1, Cancellation = cancellation };
        Parallel.For(0, vectors.Length, new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
        {
            var (image, roi) = i == 0 ? (read.Image, read.Roi) : Perturbations.Apply(read.Image, read.Roi, perturbations[i - 1], seed, maxThreads: 1);
            vectors[i] = ParameterKeys.InTheirWords(request.HasParameters, () => FeatureExtractor.Extract(image, roi, request.Settings, options));
        });
        return vectors;
    }

    private static string[] Warnings(IEnumerable<FeatureVector> vectors) => [.. vectors.SelectMany(vector => vector.Warnings).Distinct(StringComparer.Ordinal)];

    private static RadiomicsException TooFew(string found) => new(
        "TooFewCases", $"{found}; an ICC takes at least {LeastCases}. For a single case 'radiomics stability IMAGE MASK' tells the dispersion of its features.");
}
