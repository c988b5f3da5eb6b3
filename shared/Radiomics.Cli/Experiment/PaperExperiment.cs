using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>
/// The experiment of Xu et al. (10.3389/fmed.2025.1640625) on synthetic patients: for each center and field strength all sequences compete under the learning protocol,
/// and the winner is scored once on the held-out patients. Nothing here knows which sequence should win.
/// </summary>
internal sealed class PaperExperiment(PaperOptions options, PaperProgress progress)
{
    private readonly ProtocolSettings _learning = options.Learning with { Seed = options.Seed };
    private readonly ExtractionSettings _settings = ExtractionSettingsFile.Load(options.Settings);

    /// <summary>Runs it; the same options give the same result on any machine.</summary>
    /// <exception cref="RadiomicsException"><c>ExperimentProtocolInvalid</c>, <c>CohortUnusable</c>: too few patients.</exception>
    public PaperResult Run(CancellationToken cancellation)
    {
        GroupFeatures[] groups = [.. PaperGroup.All(options, _learning).Select(group => new GroupFeatures(group, _settings))];
        Measure(groups, cancellation);
        var data = groups.Select(group => GroupFeatures.Sequences.Select((_, s) => group.Data(s)).ToArray()).ToArray();
        var results = new List<PaperGroupResult>();
        for (var g = 0; g < groups.Length; g++)
        {
            results.Add(Train(groups[g], data[g], [.. data.Where(other => other != data[g])], cancellation));
        }

        return new(
            results,
            Synthetic: true,
            options.Seed,
            groups.Sum(group => group.Group.Patients.Count),
            options.Size,
            _settings.Name,
            FeatureExtractor.EngineVersion,
            LearningVersion.Current,
            PublishedFigures.Source);
    }

    private void Measure(GroupFeatures[] groups, CancellationToken cancellation)
    {
        var patients = groups.SelectMany(group => group.Group.Patients.Select((_, n) => (Group: group, Patient: n))).ToArray();
        progress.Images(patients.Length);
        Parallel.ForEach(
            patients,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            one =>
            {
                one.Group.Measure(one.Patient, cancellation);
                progress.ImageDone();
            });
    }

    private PaperGroupResult Train(GroupFeatures features, SequenceData[] own, SequenceData[][] others, CancellationToken cancellation)
    {
        var group = features.Group;
        var name = $"{group.Center} {group.FieldStrength}";
        progress.Group(name);
        SequenceTraining[] trainings =
            [.. own.Select(data => CandidateTraining.Train(data.Only(CohortSplit.Train), _learning, cancellation, progress.Step(name)))];
        var winner = ModelSelection.Winner(trainings, _learning);
        var index = GroupFeatures.Sequences.IndexOf(winner.Sequence);
        var stability = own.Select(data => (data.Sequence, Card: features.Stability(data, _learning.Selection.StabilityCutoff)))
            .Where(one => one.Card is not null)
            .ToDictionary(one => one.Sequence, one => one.Card!);
        var package = ModelSelection.Select(
            Request(group) with { Stability = stability },
            trainings,
            own[index],
            [.. others.Select(other => other[index])],
            _learning,
            cancellation,
            progress.Step(name));
        if (options.Out is { } folder)
        {
            PaperFiles.Write(folder, group, own, package);
        }

        return Result(group, package);
    }

    private ModelRequest Request(PaperGroup group) => new()
    {
        Name = $"Liver iron, center {group.Center}, {group.FieldStrength} (synthetic experiment)",
        Center = group.Center,
        FieldStrength = group.FieldStrength,
        Outcome = "High liver iron two years after transplantation (synthetic: drawn from the phantom's iron and its heterogeneity)",
        IntendedUse = "None beyond showing how the protocol works.",
        CohortDescription =
            $"{group.Patients.Count} synthetic patients of {options.Size}³ voxels under the protocol {group.Center}-{group.FieldStrength}.json; iron log-uniform from 1 to 30 mg/g.",
        Synthetic = true,
        CohortSeeds = [.. group.Patients.Select(patient => patient.Seed)],
        NotForClinicalUse = true,
        Notice = ModelCard.DemonstrationNotice,
        CohortSha256 = group.CohortSha256,
        Covariates = group.Cohort.Covariates,
    };

    private static PaperGroupResult Result(PaperGroup group, ModelPackageBytes package)
    {
        var card = package.Card;
        return new(
            group.Center,
            group.FieldStrength,
            card.Sequence,
            card.Learner,
            card.CvAuc,
            card.SelectionCorrectedAuc,
            [.. card.Candidates.Select(c => new PaperCandidate(c.Candidate.Sequence, c.Candidate.FeatureSet, c.Candidate.Learner, c.CvAuc, c.Skipped))],
            PaperPart.From(card.Train),
            PaperPart.From(card.CrossValidation),
            card.Test is null ? null : PaperPart.From(card.Test),
            card.Scopes,
            [.. card.Features.Select(feature => feature.Name)],
            card.Stability,
            package.Version,
            PublishedFigures.For(group.Center, group.FieldStrength));
    }
}
