using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class EvaluatorTests
{
    private sealed record Calibration(double Slope, double Intercept);

    [Theory]
    [InlineData(90, 1, 0)]
    [InlineData(300, 2, 15)]
    [InlineData(25, 4, 0)]
    public void Slope_and_intercept_are_those_of_plain_newton_iterations(int cases, int seed, int levels)
    {
        var (probabilities, labels) = Samples.Noisy(cases, seed, levels);
        probabilities = [.. probabilities.Select(p => Math.Clamp(p * p, 1e-6, 1 - 1e-6))];

        var expected = Sklearn.Run<Calibration>("""
            y, p = np.array(data["labels"], float), np.array(data["probabilities"])
            x = np.log(p / (1 - p))
            design, b = np.c_[x, np.ones(len(x))], np.zeros(2)
            for _ in range(60):
                q = 1 / (1 + np.exp(-design @ b))
                b += np.linalg.solve(design.T * (q * (1 - q)) @ design, design.T @ (y - q))
            a = 0.0
            for _ in range(200):
                q = 1 / (1 + np.exp(-x - a))
                a += np.clip((y - q).sum() / (q * (1 - q)).sum(), -1, 1)
            result = dict(slope=b[0], intercept=a)
            """, new { labels, probabilities });
        var evaluation = Evaluator.Evaluate(probabilities, labels, 0.5);

        Assert.Equal(expected.Slope, evaluation.CalibrationSlope!.Value, 1e-9);
        Assert.Equal(expected.Intercept, evaluation.CalibrationIntercept!.Value, 1e-9);
    }

    [Fact]
    public void Probabilities_that_came_true_have_slope_1_and_intercept_0()
    {
        var (probabilities, labels) = Drawn(20_000);
        var evaluation = Evaluator.Evaluate(probabilities, labels, 0.5);

        Assert.Equal(1, evaluation.CalibrationSlope!.Value, 0.05);
        Assert.Equal(0, evaluation.CalibrationIntercept!.Value, 0.05);
        Assert.All(evaluation.Calibration, group => Assert.Equal(group.Predicted, group.Observed, 0.04));
    }

    [Fact]
    public void Probabilities_twice_as_sure_have_half_the_slope_and_too_high_ones_a_negative_intercept()
    {
        var (probabilities, labels) = Drawn(500);
        double[] Changed(double factor, double shift) => [.. probabilities.Select(p => 1 / (1 + Math.Exp(-(factor * Math.Log(p / (1 - p)) + shift))))];
        var plain = Evaluator.Evaluate(probabilities, labels, 0.5);
        var sure = Evaluator.Evaluate(Changed(2, 0), labels, 0.5);
        var high = Evaluator.Evaluate(Changed(1, 0.7), labels, 0.5);

        Assert.Equal(plain.CalibrationSlope!.Value / 2, sure.CalibrationSlope!.Value, 1e-9);
        Assert.Equal(plain.CalibrationIntercept!.Value - 0.7, high.CalibrationIntercept!.Value, 1e-9);
        Assert.Equal(plain.CalibrationSlope.Value, high.CalibrationSlope!.Value, 1e-9);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 })]
    [InlineData(new[] { 0.9, 0.8, 0.2, 0.1 })]
    [InlineData(new[] { 0.1, 0.5, 0.5, 0.9 })]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 })]
    [InlineData(new[] { 0.0, 0.0, 1.0, 1.0 })]
    public void Where_classes_do_not_overlap_there_is_no_slope_and_nowhere_a_NaN(double[] probabilities)
    {
        var evaluation = Evaluator.Evaluate(probabilities, [false, false, true, true], 0.5);

        Assert.Null(evaluation.CalibrationSlope);
        Assert.NotNull(evaluation.CalibrationIntercept);
        Assert.DoesNotContain("NaN", JsonSerializer.Serialize(evaluation, RadiomicsJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void Certain_probabilities_that_were_wrong_are_measured_too()
    {
        var evaluation = Evaluator.Evaluate([0, 1, 0, 1, 1, 0], [false, true, true, false, true, false], 0.5);

        // Two of three right on both sides: log-odds of ±ln 2 where ±ln(10⁶ − 1) were claimed.
        Assert.Equal(Math.Log(2) / Math.Log(1e6 - 1), evaluation.CalibrationSlope!.Value, 1e-9);
        Assert.Equal(1.0 / 3, evaluation.Brier, 1e-12);
        Assert.Equal(0, evaluation.CalibrationIntercept!.Value, 1e-9);
    }

    [Fact]
    public void Predictive_values_of_decisions_that_nobody_got_are_null()
    {
        double[] probabilities = [0.2, 0.3, 0.6];
        bool[] labels = [false, true, true];

        Assert.Null(Evaluator.Evaluate(probabilities, labels, 0.7).PositivePredictiveValue);
        Assert.Equal(1.0 / 3, Evaluator.Evaluate(probabilities, labels, 0.7).NegativePredictiveValue);
        Assert.Null(Evaluator.Evaluate(probabilities, labels, 0.2).NegativePredictiveValue);
        Assert.Equal(1, Evaluator.Evaluate(probabilities, labels, 0.6).PositivePredictiveValue);
    }

    [Theory]
    [InlineData(7, 0, 1)]
    [InlineData(27, 0, 5)]
    [InlineData(93, 0, 10)]
    [InlineData(93, 4, 4)]
    public void Groups_are_of_equal_size_hold_everybody_and_keep_ties_together(int cases, int levels, int groups)
    {
        var (probabilities, labels) = Samples.Noisy(cases, seed: 3, levels);
        var calibration = Evaluator.Evaluate(probabilities, labels, 0.5).Calibration;

        Assert.Equal(cases, calibration.Sum(group => group.Cases));
        Assert.Equal(labels.Count(l => l), calibration.Sum(group => group.Observed * group.Cases), 1e-9);
        Assert.Equal(calibration.OrderBy(group => group.Predicted), calibration);
        if (levels == 0)
        {
            Assert.Equal(groups, calibration.Count);
            Assert.True(calibration.Max(group => group.Cases) - calibration.Min(group => group.Cases) <= 1);
        }
        else
        {
            Assert.InRange(calibration.Count, 2, probabilities.Distinct().Count());
        }
    }

    [Fact]
    public void Net_benefit_weighs_a_false_alarm_by_the_odds_of_the_threshold()
    {
        var decision = Evaluator.Evaluate([0.1, 0.3, 0.6, 0.8], [false, true, false, true], 0.5).Decision;

        Assert.Equal(99, decision.Count);
        Assert.Equal([0.01, 0.5, 0.99], new[] { decision[0], decision[49], decision[98] }.Select(point => point.Threshold));

        // At 0.2 two are rightly and one wrongly decided positive; treating all is wrong twice.
        Assert.Equal((2 - 1 * 0.25) / 4, decision[19].Model, 1e-12);
        Assert.Equal((2 - 2 * 0.25) / 4, decision[19].TreatAll, 1e-12);

        // At 0.8 the probability of 0.8 still counts; at 0.81 nobody is left.
        Assert.Equal(0.25, decision[79].Model, 1e-12);
        Assert.Equal(0, decision[80].Model);
    }

    [Fact]
    public void A_probability_above_1_is_refused() =>
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate([0.2, 1.1], [false, true], 0.5));

    /// <summary>Probabilities, and outcomes drawn with them.</summary>
    private static (double[] Probabilities, bool[] Labels) Drawn(int cases)
    {
        var random = new Random(21);
        double[] probabilities = [.. Enumerable.Range(0, cases).Select(_ => 1 / (1 + Math.Exp(-1.5 * Samples.Normal(random))))];
        return (probabilities, [.. probabilities.Select(p => random.NextDouble() < p)]);
    }
}
