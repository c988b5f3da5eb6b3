using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>
/// Phantoms of one center and field strength, and the model they make. The phantoms have the voxels of a demonstration study, since noise and partial
/// volume decide the features.
/// </summary>
internal sealed class DemonstrationCohort(CenterProfile profile, string fieldStrength, string sequence, int count, int seed)
{
    /// <summary>Columns and rows.</summary>
    public int SizeInPlane { get; init; } = 320;

    /// <summary>Slices.</summary>
    public int Slices { get; init; } = 72;

    /// <summary>Simulates, extracts and trains; the same cohort gives the same bytes.</summary>
    public ModelPackageBytes Train(Action<string> progress, CancellationToken cancellation)
    {
        var settings = ExtractionSettingsFile.Load(profile.Settings);
        var cases = PhantomCohort.Settings(profile.Center, fieldStrength, count, seed, SizeInPlane, Slices).ToList();
        var data = new List<LabelledFeatures>();
        foreach (var patient in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            var phantom = LiverPhantom.Generate(patient);
            var features = FeatureExtractor.Extract(phantom.Sequences[sequence], phantom.Liver, settings);
            data.Add(new LabelledFeatures($"phantom-{data.Count:D4}", features, phantom.HighIronAtTwoYears));
            if (data.Count % 10 == 0)
            {
                progress($"{data.Count} of {count} phantoms");
            }
        }

        return DemonstrationTraining.Train(data, new TrainingRequest
        {
            Name = $"Liver iron, center {profile.Center}, {fieldStrength} (demonstration)",
            Center = profile.Center,
            FieldStrength = fieldStrength,
            Sequence = sequence,
            CohortDescription =
                $"{count} synthetic Dixon liver phantoms of {SizeInPlane} × {SizeInPlane} × {Slices} voxels under the protocol of center {profile.Center} at {fieldStrength}; "
                + "iron log-uniform from 1 to 30 mg/g, outcome drawn from a chosen logistic law of iron and heterogeneity",
            CohortSeeds = [.. cases.Select(patient => patient.Seed)],
            Seed = seed,
        });
    }
}
