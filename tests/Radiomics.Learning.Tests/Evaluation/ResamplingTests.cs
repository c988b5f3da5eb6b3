using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

/// <summary>Selection bias, optimism and permutation tests: what is fitted on the cases at hand must not look better than it is.</summary>
public class ResamplingTests
{
    [Fact]
    public void The_best_of_many_worthless_candidates_is_found_to_be_worthless()
    {
        var random = new Random(31);
        bool[] labels = [.. Enumerable.Range(0, 90).Select(i => i % 3 == 0)];
        double[][] candidates = [.. Enumerable.Range(0, 45).Select(_ => labels.Select(_ => Samples.Normal(random)).ToArray())];

        var (auc, interval) = SelectionBias.Correct(candidates, labels, 1000, seed: 1);

        Assert.True(candidates.Max(candidate => Roc.Auc(candidate, labels)) > 0.6, "else there would be no bias to take off");
        Assert.InRange(auc, 0.42, 0.58);
        Assert.True(interval.Low < 0.5 && interval.High > 0.5);
    }

    [Fact]
    public void A_single_candidate_keeps_its_area()
    {
        var (scores, labels) = Samples.Noisy(200, seed: 11);

        var (auc, interval) = SelectionBias.Correct([scores], labels, 1000, seed: 2);

        Assert.Equal(Roc.Auc(scores, labels), auc, 0.01);
        Assert.InRange(Roc.Auc(scores, labels), interval.Low, interval.High);
    }

    [Fact]
    public void A_candidate_that_is_truly_better_stays_so()
    {
        var (good, labels) = Samples.Noisy(120, seed: 12, strength: 3);
        var (bad, _) = Samples.Noisy(120, seed: 13, strength: 0);

        Assert.Equal(Roc.Auc(good, labels), SelectionBias.Correct([bad, good], labels, 500, seed: 3).Auc, 0.01);
    }

    [Fact]
    public void The_same_seed_gives_the_same_correction_and_another_seed_another()
    {
        var (a, labels) = Samples.Noisy(60, seed: 14);
        var (b, _) = Samples.Noisy(60, seed: 15);
        (double, Interval) Correct(int seed) => SelectionBias.Correct([a, b], labels, 200, seed);

        Assert.Equal(Correct(4), Correct(4));
        Assert.NotEqual(Correct(4), Correct(5));
    }

    [Fact]
    public void The_correction_is_the_mean_over_the_resamples_taken_one_after_the_other()
    {
        var (a, labels) = Samples.Noisy(30, seed: 17, levels: 6);
        var (b, _) = Samples.Noisy(30, seed: 18, levels: 6);
        var groups = Resampling.Groups(labels, null, perClass: 2);
        double[] aucs = [.. Enumerable.Range(0, 100).Select(index =>
        {
            var inside = Resampling.Draw(labels, groups, 7, index, andLeftOut: true);
            double Auc(double[] scores, IEnumerable<int> cases) => Roc.Auc([.. cases.Select(i => scores[i])], [.. cases.Select(i => labels[i])]);
            return Auc(Auc(b, inside) > Auc(a, inside) ? b : a, Enumerable.Range(0, 30).Except(inside));
        })];

        var (auc, interval) = SelectionBias.Correct([a, b], labels, 100, seed: 7);

        // 2.5 % of the way from the first to the last of 100 lies between the third and the fourth.
        double[] sorted = [.. aucs.Order()];
        Assert.Equal(aucs.Average(), auc, 1e-12);
        Assert.Equal(sorted[2] + 0.475 * (sorted[3] - sorted[2]), interval.Low, 1e-9);
        Assert.Equal(sorted[96] + 0.525 * (sorted[97] - sorted[96]), interval.High, 1e-9);
    }

    [Fact]
    public void Studies_of_a_patient_are_drawn_together()
    {
        // Every case three times over: with patients known the interval is that of the single cases, without it looks surer than it is.
        var (scores, labels) = Samples.Noisy(40, seed: 16);
        double[] tripled = [.. scores, .. scores, .. scores];
        bool[] tripledLabels = [.. labels, .. labels, .. labels];
        string[] patients = [.. Enumerable.Range(0, 120).Select(i => $"patient-{i % 40}")];
        double Width((double Auc, Interval Interval) corrected) => corrected.Interval.High - corrected.Interval.Low;

        var single = Width(SelectionBias.Correct([scores], labels, 1000, seed: 6));
        Assert.Equal(single, Width(SelectionBias.Correct([tripled], tripledLabels, 1000, seed: 6, patients)), 1e-12);
        Assert.True(Width(SelectionBias.Correct([tripled], tripledLabels, 1000, seed: 6)) < 0.75 * single);
    }

    [Fact]
    public void One_positive_is_too_few_to_be_both_inside_and_outside() =>
        Assert.Equal("CohortUnusable", Assert.Throws<RadiomicsException>(() => SelectionBias.Correct([[1, 2, 3]], [true, false, false], 10, 1)).Code);

    [Fact]
    public void Two_of_each_class_are_enough() =>
        Assert.Equal(1, SelectionBias.Correct([[4, 3, 2, 1]], [true, true, false, false], 50, 1).Auc);

    [Fact]
    public void The_optimism_of_choosing_on_the_resample_brings_the_area_down_to_chance()
    {
        var random = new Random(33);
        bool[] labels = [.. Enumerable.Range(0, 90).Select(i => i % 3 == 0)];
        double[][] noise = [.. Enumerable.Range(0, 40).Select(_ => labels.Select(_ => Samples.Normal(random)).ToArray())];
        (double, double) Refit(int[] cases)
        {
            bool[] drawn = [.. cases.Select(i => labels[i])];
            var best = noise.MaxBy(feature => Roc.Auc([.. cases.Select(i => feature[i])], drawn))!;
            return (Roc.Auc([.. cases.Select(i => best[i])], drawn), Roc.Auc(best, labels));
        }

        var apparent = noise.Max(feature => Roc.Auc(feature, labels));
        var optimism = Optimism.Estimate(90, labels, 300, seed: 1, Refit);

        Assert.Equal(300, optimism.Bootstraps);
        Assert.True(optimism.Mean > 0.05, $"{optimism.Mean}");
        Assert.True(apparent - optimism.Mean < apparent - 0.05);
        Assert.Equal(optimism, Optimism.Estimate(90, labels, 300, seed: 1, Refit));
    }

    [Fact]
    public void Each_refit_gets_a_resample_of_the_size_of_the_cohort_with_both_classes()
    {
        bool[] labels = [true, false, false, false, false, false];
        var resamples = new System.Collections.Concurrent.ConcurrentBag<int[]>();

        var optimism = Optimism.Estimate(6, labels, 200, seed: 9, cases =>
        {
            resamples.Add(cases);
            return (0.9, 0.65);
        });

        Assert.Equal(0.25, optimism.Mean, 1e-12);
        Assert.Equal(200, resamples.Count);
        Assert.All(resamples, cases => Assert.True(cases.Length == 6 && cases.Contains(0) && cases.Any(i => i > 0)));
        Assert.True(resamples.Select(cases => string.Join(',', cases)).Distinct().Count() > 150);
    }

    [Fact]
    public void A_failure_of_the_refit_comes_through() =>
        Assert.Throws<RadiomicsException>(() => Optimism.Estimate(2, [true, false], 5, 1, _ => throw new RadiomicsException("CohortUnusable", "Too few.")));

    [Fact]
    public void The_share_of_permutations_that_reach_the_observed_counts_the_observed_itself()
    {
        Assert.Equal(0.25, Permutation.PValue(0.8, [0.5, 0.6, 0.7]));
        Assert.Equal(0.5, Permutation.PValue(0.7, [0.5, 0.6, 0.7]));
        Assert.Equal(1, Permutation.PValue(0.7, []));
    }
}
