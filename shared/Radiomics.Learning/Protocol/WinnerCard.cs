namespace Radiomics.Learning;

/// <summary>Puts together what is known of the winner.</summary>
internal sealed class WinnerCard(
    ModelRequest request,
    IReadOnlyList<SequenceTraining> trainings,
    SequenceData training,
    IReadOnlyList<SequenceData> otherBatches,
    ProtocolSettings settings)
{
    private const int FewPatients = 50;

    /// <summary>The card; the test split is scored here, when everything else is settled.</summary>
    public ModelCard Write(
        WinningModel model, HeldOutTest test, OptimismCard optimism, IReadOnlyList<ScopeCard> scopes, PermutationCard? permutation)
    {
        var winner = model.Result.Candidate;
        var (corrected, interval) = CandidateComparison.Corrected(trainings, winner, settings);
        var held = test.Evaluate(model.Scoring, model.Selection.Features);
        return new()
        {
            Name = request.Name,
            Center = request.Center,
            FieldStrength = request.FieldStrength,
            Sequence = winner.Sequence,
            FeatureSet = winner.FeatureSet,
            Learner = winner.Learner,
            Outcome = request.Outcome,
            IntendedUse = request.IntendedUse,
            NotForClinicalUse = request.NotForClinicalUse,
            Notice = request.Notice,
            Cohort = new()
            {
                Description = request.CohortDescription,
                Synthetic = request.Synthetic,
                Sha256 = request.CohortSha256,
                Seeds = request.CohortSeeds,
                Train = CohortTable.Part(training.Cases),
                Test = CohortTable.Part(test.Cases),
                Covariates = CohortTable.Covariates(request, training, test),
            },
            Protocol = settings,
            Steps = model.Selection.Steps,
            Features = [.. model.Selection.Features.Select((feature, f) => Feature(feature, model.Weights[f], model.Result))],
            Candidates = CandidateComparison.Cards(trainings, winner),
            CvAuc = model.Result.CvAuc,
            SelectionCorrectedAuc = corrected,
            SelectionCorrectedInterval = interval,
            Train = model.Train,
            CrossValidation = model.CrossValidation,
            Test = held,
            Optimism = optimism,
            Permutation = permutation,
            Scopes = scopes,
            Stability = request.Stability.GetValueOrDefault(winner.Sequence),
            Calibration = model.Scoring.Calibration,
            Threshold = model.Scoring.Threshold,
            Limits = [.. Limits(model.Scoring.Calibration, test, held)],
            Settings = training.Settings,
            SettingsHash = training.SettingsHash,
            EngineVersion = training.EngineVersion,
            LearningVersion = LearningVersion.Current,
            Seed = settings.Seed,
        };
    }

    private FeatureCard Feature(SelectedFeature feature, double weight, CandidateResult result) => new(
        feature.Name,
        weight,
        training.Stability?.TryGetValue(feature.Name, out var bound) == true ? bound : null,
        result.Chosen.GetValueOrDefault(feature.Name) / (double)result.FoldAucs.Count);

    private IEnumerable<string> Limits(PlattCalibration calibration, HeldOutTest test, Evaluation? held)
    {
        if (request.Synthetic)
        {
            yield return "The cases are synthetic: the figures say how the method works, nothing about patients.";
        }

        yield return $"Trained on cases of center {request.Center} at {request.FieldStrength} only; nothing is known about other centers and scanners.";
        var patients = PatientGroup.Of(training.Cases);
        if (Math.Min(patients.Count(patient => patient.Positive), patients.Count(patient => !patient.Positive)) is var fewer && fewer < FewPatients)
        {
            yield return $"The smaller class has {fewer} patients in the training split; the intervals are wide, and another cohort may choose other features.";
        }

        if (held is null)
        {
            yield return test.Cases.Count == 0
                ? "No cases were held out; the cross-validated figures are all there is."
                : "The held-out cases lack one class, so that nothing could be measured on them.";
        }

        yield return "Calibration and threshold were fitted on the cross-validated predictions, so that calibration, sensitivity and specificity on them are a little optimistic."
            + (settings.OuterRepeats > 1 ? $" Each of these predictions is the mean of {settings.OuterRepeats} models', which is a little steadier than one model's." : string.Empty);
        if (calibration.Slope == 0)
        {
            yield return "Out of fold the scores ranked the cases no better than chance, so that calibration leaves nothing of them: every patient gets the same probability.";
        }

        if (training.Cases.Count > patients.Length || test.Cases.Select(c => c.Patient).Distinct(StringComparer.Ordinal).Count() < test.Cases.Count)
        {
            yield return "Some patients have several studies, which DeLong's intervals and p count as if they were of different patients: these look surer than they are.";
        }

        if (settings.Permutations > 0 && trainings.Count(t => t.Candidates.Count > 0) > 1)
        {
            yield return "The permutation test repeats the choice among the candidates of this sequence, not that among the sequences; its p is too small for the latter.";
        }

        if (training.Stability is null)
        {
            yield return "How stable the features are under small changes of ROI and image was not measured.";
        }

        foreach (var skipped in trainings.SelectMany(t => t.Skipped).GroupBy(s => (s.Candidate.Learner, s.Reason)).OrderBy(g => g.Key.Learner))
        {
            yield return $"{skipped.Key.Learner} was not among the candidates: {skipped.Key.Reason}";
        }

        if (ScopeComparison.CovariatesNotKept(training, otherBatches, settings) is { Count: > 0 } lost)
        {
            yield return $"Harmonisation could not keep what these covariates explain, since other batches lack them or they can't be told from the batches: {string.Join(", ", lost)}.";
        }

        foreach (var other in otherBatches.Where(other => settings.ComparePooled && other.Cases.Count > 0 && !ScopeComparison.IsComparable(training, other)))
        {
            yield return $"Not compared with {other.Cases[0].Batch}: its features come from other extraction settings or another engine.";
        }
    }
}
