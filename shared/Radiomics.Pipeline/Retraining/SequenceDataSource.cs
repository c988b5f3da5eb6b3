using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Brings the features of a plan's group together.</summary>
public sealed class SequenceDataSource(FeatureStore features)
{
    private const int ParallelBlobs = 16;

    /// <summary>What there is to learn from for a sequence of a group: the cases whose features are there.</summary>
    /// <param name="document">The plan.</param>
    /// <param name="group">One of its groups.</param>
    /// <param name="sequence">Sequence.</param>
    /// <param name="settings">The extraction settings that the plan pins.</param>
    /// <param name="protocol">The learning protocol.</param>
    /// <param name="split">Only these cases; null: all.</param>
    /// <exception cref="RadiomicsException"><c>NoFeatures</c>: not one case has features of this sequence.</exception>
    public async Task<SequenceFeatures> LoadAsync(
        PlanDocument document, PlannedGroup group, string sequence, ExtractionSettings settings, ProtocolSettings protocol, CohortSplit? split)
    {
        PlannedCase[] cases = [.. group.Cases.Where(planned => (split is null || planned.Case.Split == split) && planned.Sequences.ContainsKey(sequence))];
        var vectors = await ReadAsync([.. cases.Select(planned => planned.Sequences[sequence].Features)]);
        int[] there = [.. Enumerable.Range(0, cases.Length).Where(i => vectors[i] is not null)];
        if (there.Length == 0)
        {
            throw new RadiomicsException("NoFeatures", $"No study of {group.Center} at {group.FieldStrength} has features of {sequence}.");
        }

        var stability = group.Trained && protocol.StabilityPatients > 0 ? await StabilityAsync(group, sequence, protocol) : null;
        var data = new SequenceData
        {
            Sequence = sequence,
            Cases = [.. there.Select(i => cases[i].Case)],
            Radiomics = FeatureMatrix.From([.. there.Select(i => vectors[i]!)]),
            Covariates = FeatureMatrix.From([.. there.Select(i => cases[i].Covariates)], document.CovariateColumns),
            Stability = stability?.Bounds,
            Settings = settings.Name,
            SettingsHash = document.SettingsHash,
            EngineVersion = document.EngineVersion,
        };
        return new(data, stability is { } measured ? Card(measured, protocol) : null);
    }

    private static StabilityCard Card(Stability measured, ProtocolSettings protocol) => new(
        measured.Patients,
        Perturbations.Default.Count,
        protocol.Selection.StabilityCutoff,
        measured.Bounds.Count,
        measured.Bounds.Values.Count(bound => bound >= protocol.Selection.StabilityCutoff));

    // A patient counts if the original and every perturbed image gave features; with fewer than two there is nothing to compare.
    private async Task<Stability?> StabilityAsync(PlannedGroup group, string sequence, ProtocolSettings protocol)
    {
        List<IReadOnlyList<FeatureVector>> patients = [];
        foreach (var name in Sample(group, sequence, protocol).Select(planned => planned.Sequences[sequence].Features))
        {
            var images = await ReadAsync([name, .. Perturbations.Default.Select(perturbation => FeatureStore.PerturbedNameOf(name, perturbation, protocol.Seed))]);
            if (images.All(image => image is not null))
            {
                patients.Add(images!);
            }
        }

        return patients.Count < 2 ? null : new(StabilityTable.From(patients), patients.Count);
    }

    /// <summary>The cases on which a group's stability is measured for a sequence.</summary>
    internal static IEnumerable<PlannedCase> Sample(PlannedGroup group, string sequence, ProtocolSettings protocol)
    {
        var there = group.Cases.Where(planned => planned.Sequences.ContainsKey(sequence)).ToDictionary(planned => planned.Case.StudyUid, StringComparer.Ordinal);
        return StabilitySample.Choose([.. there.Values.Select(planned => planned.Case)], protocol.StabilityPatients, protocol.Seed).Select(chosen => there[chosen.StudyUid]);
    }

    private async Task<FeatureVector?[]> ReadAsync(IReadOnlyList<string> names)
    {
        var vectors = new FeatureVector?[names.Count];
        await Parallel.ForAsync(
            0,
            names.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelBlobs },
            async (i, _) => vectors[i] = (await features.TryReadAsync(names[i]))?.Vector);
        return vectors;
    }

    private sealed record Stability(IReadOnlyDictionary<string, double> Bounds, int Patients);
}

/// <summary>The features of a sequence, and how their stability was measured.</summary>
/// <param name="Data">What there is to learn from.</param>
/// <param name="Stability">For the card; null where it wasn't measured.</param>
public sealed record SequenceFeatures(SequenceData Data, StabilityCard? Stability);
