using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>From the candidates of all sequences to one model.</summary>
public static class ModelSelection
{
    /// <summary>
    /// The candidate with the largest mean AUC over the outer folds among those that settings let win; of equals the simpler learner, then the first sequence
    /// in ordinal order, then the first feature set.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>NoCandidate</c>: none of the trained candidates may win.</exception>
    public static Candidate Winner(IReadOnlyList<SequenceTraining> trainings, ProtocolSettings settings) =>
        trainings
            .SelectMany(training => training.Candidates)
            .Where(result => settings.WinnerFrom.Contains(result.Candidate.FeatureSet))
            .OrderByDescending(result => result.CvAuc)
            .ThenBy(result => result.Candidate.Learner)
            .ThenBy(result => result.Candidate.Sequence, StringComparer.Ordinal)
            .ThenBy(result => result.Candidate.FeatureSet)
            .FirstOrDefault()?.Candidate
        ?? throw new RadiomicsException(
            "NoCandidate",
            $"None of the trained candidates reads what a winner may read ({string.Join(", ", settings.WinnerFrom)}); see why they were skipped.");

    /// <summary>
    /// Fits the winner on the whole training split, calibrates it and sets its threshold on its out-of-fold scores, estimates what its figures are worth,
    /// scores the test split once, and packs it all. The same inputs give the same bytes.
    /// </summary>
    /// <param name="request">Whose model it is.</param>
    /// <param name="trainings">The candidates of all sequences.</param>
    /// <param name="winnerData">The winner's sequence, training and test split; see <see cref="Winner"/>.</param>
    /// <param name="otherBatches">The same sequence of other centers and field strengths, to compare scopes with; may be empty.</param>
    /// <param name="settings">The protocol that <paramref name="trainings"/> followed.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <exception cref="RadiomicsException"><c>NoCandidate</c>, <c>InvalidProtocol</c>, <c>CohortUnusable</c>.</exception>
    /// <exception cref="ArgumentException">The data aren't those of the winner's training.</exception>
    public static ModelPackageBytes Select(
        ModelRequest request,
        IReadOnlyList<SequenceTraining> trainings,
        SequenceData winnerData,
        IReadOnlyList<SequenceData> otherBatches,
        ProtocolSettings settings,
        CancellationToken cancellation = default,
        IProgress<string>? progress = null)
    {
        ProtocolCheck.Require(settings);
        trainings = [.. trainings.OrderBy(training => training.Sequence, StringComparer.Ordinal)];
        var winner = Winner(trainings, settings);
        var (home, best) = CandidateComparison.Find(trainings, winner);
        var (open, test) = HeldOutTest.Split(winnerData);
        var training = TrainingCases.Check(open, settings);
        EnsureSame(home, training);

        progress?.Report($"{winner.Sequence}: fitting the winner");
        var model = WinningModel.Fit(training, best, settings, cancellation);
        progress?.Report($"{winner.Sequence}: optimism of the winner");
        var optimism = OptimismBootstrap.Estimate(training, winner, model.ApparentAuc, settings, cancellation);
        progress?.Report($"{winner.Sequence}: the winner across scanners");
        var scopes = ScopeComparison.Compare(training, best, otherBatches, settings, cancellation);
        var permutation = PermutationTest.Test(training, home, best, settings, cancellation, progress);
        var card = new WinnerCard(request, trainings, training, otherBatches, settings).Write(model, test, optimism, scopes, permutation);
        return ModelPackage.Pack(card, model.Scoring, Record(request, trainings, test, training, settings), model.MlNetModel);
    }

    private static TrainingRecord Record(
        ModelRequest request, IReadOnlyList<SequenceTraining> trainings, HeldOutTest test, SequenceData training, ProtocolSettings settings) => new()
        {
            CohortSha256 = request.CohortSha256,
            TrainingStudies = Ordered(trainings.SelectMany(t => t.Cases)),
            TestStudies = Ordered(test.Cases),
            Seed = settings.Seed,
            SettingsHash = training.SettingsHash,
            EngineVersion = training.EngineVersion,
            LearningVersion = LearningVersion.Current,
            Protocol = settings,
        };

    private static string[] Ordered(IEnumerable<LearningCase> cases) =>
        [.. cases.Select(c => c.StudyUid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void EnsureSame(SequenceTraining trained, SequenceData training)
    {
        if (trained.Sequence != training.Sequence || !trained.Cases.SequenceEqual(training.Cases))
        {
            throw new ArgumentException($"These aren't the cases that {trained.Sequence} was trained on.", nameof(training));
        }
    }
}
