namespace Radiomics.Learning;

/// <summary>
/// The test split, behind a door that opens once, and only to a finished model: its values reach nothing that is fitted or chosen. What a card may say
/// about it beforehand are counts.
/// </summary>
internal sealed class HeldOutTest
{
    private SequenceData? _data;

    private HeldOutTest(SequenceData data)
    {
        _data = data;
        Cases = data.Cases;
        Covariates = data.Covariates;
    }

    /// <summary>The held-out cases, for the cohort table and the record of studies.</summary>
    public IReadOnlyList<LearningCase> Cases { get; }

    /// <summary>Their covariates, for the cohort table.</summary>
    public FeatureMatrix Covariates { get; }

    /// <summary>Takes a sequence's data apart: the training split to work on, and the rest locked away.</summary>
    public static (SequenceData Training, HeldOutTest Test) Split(SequenceData data) =>
        (data.Only(CohortSplit.Train), new(data.Only(CohortSplit.Test).InOrder()));

    /// <summary>Scores the finished model; null where the split lacks a class, so that there is no curve.</summary>
    /// <exception cref="InvalidOperationException">The second time.</exception>
    public Evaluation? Evaluate(ScoringModel model, IReadOnlyList<SelectedFeature> features)
    {
        var data = Interlocked.Exchange(ref _data, null) ?? throw new InvalidOperationException("The test split was scored before.");
        if (data.Cases.All(c => c.Label) || !data.Cases.Any(c => c.Label))
        {
            return null;
        }

        return Evaluator.Evaluate(Probabilities(model, features, data), [.. data.Cases.Select(c => c.Label)], model.Threshold);
    }

    /// <summary>Probability of each case, by what the package will score with.</summary>
    public static double[] Probabilities(ScoringModel model, IReadOnlyList<SelectedFeature> features, SequenceData data)
    {
        var columns = features.Select(feature => data.Column(feature.Column)).ToArray();
        return
        [
            .. Enumerable.Range(0, data.Cases.Count).Select(row =>
                model.Score([.. columns.Select(column => double.IsNaN(column[row]) ? (double?)null : column[row])]).Probability),
        ];
    }
}
