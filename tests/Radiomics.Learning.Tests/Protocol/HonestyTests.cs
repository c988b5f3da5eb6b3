namespace Radiomics.Learning.Tests;

/// <summary>Features and labels that know nothing of each other: an honest estimate says so, and one whose selection has seen the held-out cases doesn't.</summary>
public class HonestyTests
{
    private const int Shuffles = 20;

    private static readonly ProtocolSettings Settings = new()
    {
        OuterFolds = 5,
        OuterRepeats = 2,
        InnerFolds = 4,
        FeatureSets = [FeatureSet.Radiomics],
        Learners = [Learner.LogisticRegression],
        Bootstraps = 20,
    };

    [Fact]
    public void Nested_cross_validation_finds_nothing_in_shuffled_labels()
    {
        var mean = Mean((shuffled, fold) => new(shuffled, fold.Training, fold.Held));
        Assert.InRange(mean, 0.45, 0.55);
    }

    [Fact]
    public void Selection_outside_of_the_folds_finds_something_in_shuffled_labels()
    {
        SequenceData? seen = null;
        SequenceData? chosen = null;
        var mean = Mean((shuffled, fold) =>
        {
            lock (Settings)
            {
                if (seen != shuffled)
                {
                    seen = shuffled;
                    int[] all = [.. Enumerable.Range(0, shuffled.Cases.Count)];
                    var selection = FeatureSelector.Fit(shuffled, all, FeatureSet.Radiomics, Settings.Selection, Settings.InnerFolds, seed: 1, TestContext.Current.CancellationToken);
                    var columns = selection.Features.Select(feature => feature.Column).ToArray();
                    chosen = shuffled with
                    {
                        Radiomics = new(
                            shuffled.Cases.Count,
                            [.. columns.Select(c => shuffled.Radiomics.Names[c])],
                            [.. columns.Select(c => shuffled.Radiomics.Columns[c])]),
                    };
                }
            }

            return new(chosen!, fold.Training, fold.Held);
        });
        Assert.True(mean > 0.65, $"mean AUC {mean}");
    }

    private static double Mean(Func<SequenceData, OuterFold, FoldSample> sample)
    {
        var data = PlantedSequences.Generate(patients: 80, features: 400, strength: 2, testShare: 0);
        Candidate[] candidates = [new(data.Sequence, FeatureSet.Radiomics, Learner.LogisticRegression)];
        return Enumerable.Range(0, Shuffles).Average(seed =>
        {
            var shuffled = PermutationTest.Shuffle(data, new Random(seed));
            return NestedCrossValidation.Run(
                shuffled.Cases, candidates, Settings with { Seed = seed }, fold => sample(shuffled, fold), TestContext.Current.CancellationToken)[0].CvAuc;
        });
    }
}
