namespace Radiomics.Learning.Tests;

public class ImputationTests
{
    [Fact]
    public void A_missing_value_becomes_the_median_of_those_that_are_there()
    {
        double[] values = [5, double.NaN, 1, 2, 10];
        var (sorted, order) = (new double[5], new int[5]);

        Assert.Equal(3.5, Imputation.Fill(values, sorted, order, maxMissing: 0.2));

        Assert.Equal([5, 3.5, 1, 2, 10], values);
        Assert.Equal([1, 2, 3.5, 5, 10], sorted);
        Assert.Equal([2, 3, 1, 0, 4], order);
    }

    [Fact]
    public void Too_many_missing_values_are_not_made_up()
    {
        double[] values = [5, double.NaN, 1, double.NaN, 10];

        Assert.Null(Imputation.Fill(values, new double[5], new int[5], maxMissing: 0.2));
        Assert.Null(Imputation.Fill([double.NaN, double.NaN], new double[2], new int[2], maxMissing: 1));
        Assert.Equal(5, Imputation.Fill(values, new double[5], new int[5], maxMissing: 0.4));
    }

    [Fact]
    public void Z_scores_have_mean_0_and_population_deviation_1()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];
        var scale = Standardisation.Of(values);
        scale.Apply(values);

        Assert.Equal(new Standardisation(5, 2), scale);
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], values);
    }
}
