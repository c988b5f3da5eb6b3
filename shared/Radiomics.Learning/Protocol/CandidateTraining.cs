using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Trains the candidates of one sequence on the training split and estimates each by nested cross-validation (activity <c>TrainCandidate</c>).</summary>
public static class CandidateTraining
{
    /// <summary>
    /// Feature sets × learners on the same outer folds. Neither the order of the cases nor the number of threads plays a part. Feature sets that need covariates
    /// are left out where there are none; a learner that can't run here is skipped with its reason.
    /// </summary>
    /// <param name="trainingOnly">Cases of the training split, see <see cref="SequenceData.Only"/>.</param>
    /// <param name="settings">The protocol.</param>
    /// <param name="cancellation">Stops between two steps of a fold.</param>
    /// <param name="progress">Told after each outer fold, from any thread.</param>
    /// <exception cref="RadiomicsException"><c>CohortUnusable</c>: too few patients of a class, a study twice, nothing to learn from; <c>InvalidProtocol</c>.</exception>
    /// <exception cref="ArgumentException">A case of the test split is among the data.</exception>
    public static SequenceTraining Train(
        SequenceData trainingOnly, ProtocolSettings settings, CancellationToken cancellation = default, IProgress<string>? progress = null)
    {
        ProtocolCheck.Require(settings);
        var data = TrainingCases.Check(trainingOnly, settings);
        var candidates = Candidates(data, settings);
        var unavailable = settings.Learners.Distinct().ToDictionary(learner => learner, LearnerAvailability.WhyNot);
        return new()
        {
            Sequence = data.Sequence,
            Cases = data.Cases,
            Candidates = NestedCrossValidation.Run(
                data.Cases,
                [.. candidates.Where(candidate => unavailable[candidate.Learner] is null)],
                settings,
                fold => new(data, fold.Training, fold.Held),
                cancellation,
                progress is null ? null : (done, all) => progress.Report($"{data.Sequence}: {done} of {all} folds")),
            Skipped =
            [
                .. from candidate in candidates
                   let reason = unavailable[candidate.Learner]
                   where reason is not null
                   select new CandidateSkipped(candidate, reason),
            ],
        };
    }

    private static Candidate[] Candidates(SequenceData data, ProtocolSettings settings) =>
    [
        .. from featureSet in settings.FeatureSets.Distinct()
           where featureSet == FeatureSet.Radiomics || data.Covariates.Names.Count > 0
           from learner in settings.Learners.Distinct()
           select new Candidate(data.Sequence, featureSet, learner),
    ];
}
