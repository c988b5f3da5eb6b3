namespace Radiomics.Learning.Tests;

public class LearnerFitTests
{
    private const int Cases = 72;

    public static TheoryData<Learner> Learners => [.. Enum.GetValues<Learner>()];

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_planted_signal_is_learned(Learner learner)
    {
        SkipWithout(learner);
        var (columns, labels) = Planted(seed: 1);
        var form = LearnerFit.Fit(learner, columns, labels, new(), withMlNetModel: false).Form;
        var (unseen, truth) = Planted(seed: 2);
        Assert.InRange(Roc.Auc(Scores(form, unseen), truth), 0.8, 1);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Fits_that_run_at_once_give_what_each_gives_alone(Learner learner)
    {
        SkipWithout(learner);
        var alone = Enumerable.Range(0, 8).Select(Fit).ToArray();
        var together = new double[8][];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = Fit(i));
        Assert.Equal(alone, together);

        double[] Fit(int seed)
        {
            var (columns, labels) = Planted(seed);
            return Scores(LearnerFit.Fit(learner, columns, labels, new() { Trees = 20 }, withMlNetModel: false).Form, columns);
        }
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Contributions_and_base_sum_to_the_score(Learner learner)
    {
        SkipWithout(learner);
        var (columns, labels) = Planted(seed: 3);
        var form = LearnerFit.Fit(learner, columns, labels, new() { Trees = 50 }, withMlNetModel: false).Form;
        for (var i = 0; i < Cases; i++)
        {
            var row = columns.Select(column => column[i]).ToArray();
            var contributions = form.Contributions(row);
            Assert.Equal(form.Score(row), form.Base + contributions.Sum(), 9);
            Assert.Contains(contributions, c => Math.Abs(c) > 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void The_signal_contributes_more_than_noise(Learner learner)
    {
        SkipWithout(learner);
        var (columns, labels) = Planted(seed: 4);
        var form = LearnerFit.Fit(learner, columns, labels, new() { Trees = 50 }, withMlNetModel: false).Form;
        var share = new double[columns.Length];
        for (var i = 0; i < Cases; i++)
        {
            var contributions = form.Contributions([.. columns.Select(column => column[i])]);
            for (var feature = 0; feature < share.Length; feature++)
            {
                share[feature] += Math.Abs(contributions[feature]);
            }
        }

        Assert.Equal(0, Array.IndexOf(share, share.Max()));
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void One_feature_is_enough(Learner learner)
    {
        SkipWithout(learner);
        var (columns, labels) = Planted(seed: 5);
        var form = LearnerFit.Fit(learner, columns[..1], labels, new() { Trees = 20 }, withMlNetModel: false).Form;
        Assert.True(form.Fits(1));
        Assert.InRange(Roc.Auc(Scores(form, columns[..1]), labels), 0.8, 1);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void The_model_for_MLNet_carries_no_clock_and_no_chance(Learner learner)
    {
        SkipWithout(learner);
        var (columns, labels) = Planted(seed: 6);
        var first = LearnerFit.Fit(learner, columns, labels, new() { Trees = 20 }, withMlNetModel: true).MlNetModel;
        var second = LearnerFit.Fit(learner, columns, labels, new() { Trees = 20 }, withMlNetModel: true).MlNetModel;
        Assert.NotEmpty(first!);
        Assert.Equal(first, second);
    }

    private static void SkipWithout(Learner learner)
    {
        if (LearnerAvailability.WhyNot(learner) is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    private static double[] Scores(ModelForm form, double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).Select(i => form.Score([.. columns.Select(column => column[i])]))];

    /// <summary>Ten standardised columns; the first lies two deviations higher where the label is true.</summary>
    private static (double[][] Columns, bool[] Labels) Planted(int seed)
    {
        var random = new Random(seed);
        bool[] labels = [.. Enumerable.Range(0, Cases).Select(i => i % 3 == 0)];
        return ([.. Enumerable.Range(0, 10).Select(feature => labels.Select(label => Normal(random) + (feature == 0 && label ? 2 : 0)).ToArray())], labels);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
