namespace Radiomics.Learning.Tests;

public class RocTests
{
    [Fact]
    public void The_area_counts_ties_half() => Assert.Equal(3.5 / 4, Roc.Auc([0.1, 0.4, 0.4, 0.8], [false, false, true, true]));

    [Fact]
    public void The_area_of_a_constant_score_is_one_half() => Assert.Equal(0.5, Roc.Auc([1, 1, 1], [true, false, false]));

    [Fact]
    public void The_threshold_lies_halfway_in_the_gap_that_separates() =>
        Assert.Equal(0.5, Roc.YoudenThreshold([0.1, 0.3, 0.7, 0.9], [false, false, true, true]), 12);

    [Fact]
    public void A_score_at_the_threshold_counts_as_positive() =>
        Assert.Equal((1.0, 1.0), Roc.At([0.4, 0.5], [false, true], 0.5));
}
