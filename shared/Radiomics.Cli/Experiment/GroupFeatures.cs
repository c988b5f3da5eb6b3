using System.Collections.Immutable;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>Simulates the patients of a group one by one and keeps nothing but features.</summary>
internal sealed class GroupFeatures(PaperGroup group, ExtractionSettings settings)
{
    /// <summary>The sequences, in ordinal order.</summary>
    public static ImmutableArray<string> Sequences { get; } = ["T1_F", "T1_W", "T1_in", "T1_opp"];

    private readonly FeatureVector[][] _original = [.. Sequences.Select(_ => new FeatureVector[group.Patients.Count])];
    private readonly IReadOnlyList<FeatureVector>?[][] _perturbed = [.. Sequences.Select(_ => new IReadOnlyList<FeatureVector>?[group.Patients.Count])];

    /// <summary>The group.</summary>
    public PaperGroup Group => group;

    /// <summary>Simulates and measures one patient on one thread; any number of patients at once.</summary>
    public void Measure(int patient, CancellationToken cancellation)
    {
        var phantom = LiverPhantom.Generate(group.Patients[patient], maxDegreeOfParallelism: 1);
        var options = new ExtractionOptions { MaxThreads = 1, Cancellation = cancellation };
        for (var s = 0; s < Sequences.Length; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            var image = phantom.Sequences[Sequences[s]];
            _original[s][patient] = FeatureExtractor.Extract(image, phantom.Liver, settings, options);
            if (group.InStabilitySample[patient])
            {
                _perturbed[s][patient] = Perturbed(image, phantom.Liver, group.Patients[patient].Seed, options);
            }
        }
    }

    /// <summary>What is learned from, of one sequence.</summary>
    public SequenceData Data(int sequence)
    {
        var patients = Images(sequence);
        var vectors = _original[sequence];
        return new()
        {
            Sequence = Sequences[sequence],
            Cases = group.Cases,
            Radiomics = FeatureMatrix.From(vectors),
            Covariates = CohortCovariates.Matrix(group.Cohort),
            Stability = patients.Length == 0 ? null : StabilityTable.From(patients),
            Settings = settings.Name,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = FeatureExtractor.EngineVersion,
        };
    }

    /// <summary>How stability was measured, for the card.</summary>
    public StabilityCard? Stability(SequenceData data, double cutoff) => data.Stability is not { } bounds ? null : new(
        Images(Sequences.IndexOf(data.Sequence)).Length,
        Perturbations.Default.Count,
        cutoff,
        data.Radiomics.Names.Count,
        bounds.Values.Count(bound => bound >= cutoff));

    /// <summary>Of each patient of the sample the original and the perturbed images.</summary>
    private IReadOnlyList<FeatureVector>[] Images(int sequence) =>
        [.. _perturbed[sequence].Select((images, patient) => images is null ? null : (IReadOnlyList<FeatureVector>)[_original[sequence][patient], .. images]).OfType<IReadOnlyList<FeatureVector>>()];

    private List<FeatureVector> Perturbed(Volume image, Mask liver, int seed, ExtractionOptions options)
    {
        var vectors = new List<FeatureVector>();
        foreach (var perturbation in Perturbations.Default)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var (changed, roi) = Perturbations.Apply(image, liver, perturbation, seed, maxThreads: 1);
            vectors.Add(FeatureExtractor.Extract(changed, roi, settings, options));
        }

        return vectors;
    }
}
