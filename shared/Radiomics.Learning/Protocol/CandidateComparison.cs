namespace Radiomics.Learning;

/// <summary>The candidates of all sequences beside the winner, on the cases that they share.</summary>
internal static class CandidateComparison
{
    /// <summary>A card for each candidate: the best by cross-validation first, those that weren't trained last.</summary>
    public static IReadOnlyList<CandidateCard> Cards(IReadOnlyList<SequenceTraining> trainings, Candidate winner)
    {
        var (home, best) = Find(trainings, winner);
        SequenceTraining[] ordered = [.. trainings.OrderBy(training => training.Sequence, StringComparer.Ordinal)];
        var trained =
            from training in ordered
            from result in training.Candidates.OrderBy(result => result.Candidate.FeatureSet).ThenBy(result => result.Candidate.Learner)
            orderby result.CvAuc descending
            select Card(training, result);
        var skipped =
            from training in ordered
            from candidate in training.Skipped.OrderBy(skip => skip.Candidate.FeatureSet).ThenBy(skip => skip.Candidate.Learner)
            select new CandidateCard(candidate.Candidate, null, null, null, null, candidate.Reason);
        return [.. trained, .. skipped];

        CandidateCard Card(SequenceTraining training, CandidateResult result)
        {
            var (mine, theirs, labels) = Shared(training, result, home, best);
            var paired = result.Candidate != winner && HasBothClasses(labels) ? DeLong.Paired(mine, theirs, labels) : null;
            return new(result.Candidate, result.CvAuc, Deviation(result.FoldAucs), paired?.Difference, paired?.TwoSidedP, null);
        }
    }

    /// <summary>
    /// AUC of the best of the candidates that could have won, corrected for having chosen it, on the cases that all sequences have; where those have fewer than
    /// two patients of a class, among the winner's sequence alone. Whole patients are resampled.
    /// </summary>
    public static (double Auc, Interval Interval) Corrected(IReadOnlyList<SequenceTraining> trainings, Candidate winner, ProtocolSettings settings)
    {
        var (home, _) = Find(trainings, winner);
        var pool = trainings.Where(training => training.Candidates.Any(MayWin)).OrderBy(training => training.Sequence, StringComparer.Ordinal).ToArray();
        var shared = Studies(pool);
        if (!CanBeResampled([.. home.Cases.Where(c => shared.Contains(c.StudyUid))]))
        {
            pool = [home];
            shared = Studies(pool);
        }

        return SelectionBias.Correct(
            [
                .. from training in pool
                   from result in training.Candidates
                   where MayWin(result)
                   select Scores(training, result, shared),
            ],
            [.. home.Cases.Where(c => shared.Contains(c.StudyUid)).Select(c => c.Label)],
            settings.Bootstraps,
            Seeds.Derive(settings.Seed, "selection bias"),
            [.. home.Cases.Where(c => shared.Contains(c.StudyUid)).Select(c => c.Patient)]);

        bool MayWin(CandidateResult result) => settings.WinnerFrom.Contains(result.Candidate.FeatureSet);
    }

    /// <summary>The training that a candidate belongs to, and its result there.</summary>
    public static (SequenceTraining Training, CandidateResult Result) Find(IReadOnlyList<SequenceTraining> trainings, Candidate candidate)
    {
        var training = trainings.Single(training => training.Candidates.Any(result => result.Candidate == candidate));
        return (training, training.Candidates.Single(result => result.Candidate == candidate));
    }

    /// <summary>Whether there is a ROC curve.</summary>
    private static bool HasBothClasses(IReadOnlyList<bool> labels) => labels.Contains(true) && labels.Contains(false);

    private static bool CanBeResampled(LearningCase[] cases) =>
        cases.GroupBy(c => c.Label, c => c.Patient).Count(patients => patients.Distinct(StringComparer.Ordinal).Count() >= 2) == 2;

    private static (double[] A, double[] B, bool[] Labels) Shared(SequenceTraining a, CandidateResult resultA, SequenceTraining b, CandidateResult resultB)
    {
        var shared = Studies([a, b]);
        return (Scores(a, resultA, shared), Scores(b, resultB, shared), [.. a.Cases.Where(c => shared.Contains(c.StudyUid)).Select(c => c.Label)]);
    }

    /// <summary>Cases are in ordinal order of their studies everywhere, so that the scores of two sequences stand side by side.</summary>
    private static double[] Scores(SequenceTraining training, CandidateResult result, HashSet<string> studies) =>
        [.. Enumerable.Range(0, training.Cases.Count).Where(i => studies.Contains(training.Cases[i].StudyUid)).Select(i => result.OutOfFold[i])];

    private static HashSet<string> Studies(IReadOnlyList<SequenceTraining> trainings)
    {
        var shared = trainings[0].Cases.Select(c => c.StudyUid).ToHashSet(StringComparer.Ordinal);
        foreach (var training in trainings.Skip(1))
        {
            shared.IntersectWith(training.Cases.Select(c => c.StudyUid));
        }

        return shared;
    }

    /// <summary>Sample standard deviation.</summary>
    private static double? Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
