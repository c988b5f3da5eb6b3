using System.Security.Cryptography;
using System.Text;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>
/// Phantoms of one center and field strength, and the model they make by the learning protocol. The phantoms have the voxels of a demonstration study, since
/// noise and partial volume decide the features.
/// </summary>
internal sealed class DemonstrationCohort(CenterProfile profile, string fieldStrength, string sequence, int count, int seed)
{
    /// <summary>Columns and rows.</summary>
    public int SizeInPlane { get; init; } = 320;

    /// <summary>Slices.</summary>
    public int Slices { get; init; } = 72;

    /// <summary>
    /// One sequence and one learner. The features to choose from are the robust statistics of intensity: phantoms to train on may have fewer and thicker slices
    /// than the studies to predict. That changes features that grow with the number of voxels (<c>stat_energy</c>, the gradients of the histogram) or with
    /// the most extreme of them (<c>stat_range</c>, a histogram whose bins divide it), and those that weigh the tails (<c>stat_skew</c>,
    /// <c>stat_var</c>, <c>stat_medad</c>, <c>stat_p90</c>), where thick slices mix the liver's border with bright fat. <c>stat_cov</c> and
    /// <c>stat_qcod</c> divide by an average that may be zero on z-scored images.
    /// </summary>
    private ProtocolSettings Protocol { get; } = new()
    {
        FeatureSets = [FeatureSet.Radiomics],
        Learners = [Learner.LogisticRegression],
        InnerFolds = 3,
        Selection = new() { Include = ["stat_median", "stat_p10", "stat_iqr", "stat_rmad"] },
        StabilityPatients = 0,
        Seed = seed,
    };

    /// <summary>Simulates, extracts and trains; the same cohort gives the same bytes.</summary>
    /// <exception cref="RadiomicsException"><c>CohortUnusable</c>: too few phantoms of a class.</exception>
    public ModelPackageBytes Train(Action<string> progress, CancellationToken cancellation)
    {
        var settings = ExtractionSettingsFile.Load(profile.Settings);
        var patients = PhantomCohort.Settings(profile.Center, fieldStrength, count, seed, SizeInPlane, Slices).ToList();
        var vectors = new List<FeatureVector>();
        var cases = new List<LearningCase>();
        foreach (var patient in patients)
        {
            cancellation.ThrowIfCancellationRequested();
            var phantom = LiverPhantom.Generate(patient);
            vectors.Add(FeatureExtractor.Extract(phantom.Sequences[sequence], phantom.Liver, settings));
            cases.Add(Case(cases.Count, phantom.HighIronAtTwoYears));
            if (cases.Count % 10 == 0)
            {
                progress($"{cases.Count} of {count} phantoms");
            }
        }

        var data = new SequenceData
        {
            Sequence = sequence,
            Cases = HoldoutSplit.Assign(cases, Protocol.TestShare, seed),
            Radiomics = FeatureMatrix.From(vectors),
            Covariates = new(cases.Count, [], []),
            Settings = settings.Name,
            SettingsHash = vectors[0].SettingsHash,
            EngineVersion = vectors[0].EngineVersion,
        };
        var training = CandidateTraining.Train(data.Only(CohortSplit.Train), Protocol, cancellation);
        return ModelSelection.Select(Request(data, patients), [training], data, [], Protocol, cancellation);
    }

    private LearningCase Case(int number, bool label)
    {
        var study = $"phantom-{profile.Center}-{fieldStrength}-{number:D4}";
        return new() { StudyUid = study, Patient = study, Label = label, Batch = $"{profile.Center}/{fieldStrength}", Split = CohortSplit.Train };
    }

    private ModelRequest Request(SequenceData data, IEnumerable<PhantomSettings> patients) => new()
    {
        Name = $"Liver iron, center {profile.Center}, {fieldStrength} (demonstration)",
        Center = profile.Center,
        FieldStrength = fieldStrength,
        Outcome = "High liver iron two years after transplantation",
        IntendedUse = "Showing the way from study to prediction; testing.",
        CohortDescription =
            $"{count} synthetic Dixon liver phantoms of {SizeInPlane} × {SizeInPlane} × {Slices} voxels under the protocol of center {profile.Center} at {fieldStrength}; "
            + "iron log-uniform from 1 to 30 mg/g, outcome drawn from a chosen logistic law of iron and heterogeneity",
        Synthetic = true,
        CohortSeeds = [.. patients.Select(patient => patient.Seed)],
        NotForClinicalUse = true,
        Notice = ModelCard.DemonstrationNotice,
        CohortSha256 = Digest(data.Cases),
    };

    /// <summary>Over the cohort as it would be written: study, label, split.</summary>
    private static string Digest(IEnumerable<LearningCase> cases) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(cases.Select(c => $"{c.StudyUid},{(c.Label ? 1 : 0)},{(c.Split == CohortSplit.Test ? "test" : "train")}\n")))));
}
