namespace Radiomics.Extraction.Tests;

public class IntensityMomentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(402)]
    public void Moments_of_counts_are_those_of_the_levels_themselves(int voxels)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var counts = new int[1 + random.Next(12)];
            var levels = new float[voxels];
            foreach (ref var level in levels.AsSpan())
            {
                level = 1 + random.Next(counts.Length);
                counts[(int)level - 1]++;
            }

            Array.Sort(levels);
            var (expected, actual) = (IntensityMoments.Of(levels), HistogramMoments.Of(counts));
            Assert.Equal(expected.Count, actual.Count);
            foreach (var property in typeof(IntensityMoments).GetProperties().Where(p => p.PropertyType == typeof(double)))
            {
                Assert.Equal((double)property.GetValue(expected)!, (double)property.GetValue(actual)!, 9);
            }
        }
    }

    [Fact]
    public void Lanes_and_what_is_left_over_add_up_to_the_definitions()
    {
        var random = new Random(9);
        for (var n = 1; n < 40; n++)
        {
            float[] sorted = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() * 200 - 50).Order()];
            var m = IntensityMoments.Of(sorted);
            var mean = sorted.Sum(v => (double)v) / n;
            double Central(int power) => sorted.Sum(v => Math.Pow(v - mean, power)) / n;
            Assert.Equal(mean, m.Mean, 9);
            Assert.Equal(Central(2), m.Variance, 6);
            Assert.Equal(n == 1 ? 0 : Central(3) / Math.Pow(Central(2), 1.5), m.Skewness, 9);
            Assert.Equal(n == 1 ? 0 : Central(4) / Math.Pow(Central(2), 2) - 3, m.Kurtosis, 9);
            Assert.Equal(sorted.Sum(v => Math.Abs(v - mean)) / n, m.MeanAbsoluteDeviation, 9);
            Assert.Equal(sorted.Sum(v => Math.Abs(v - m.Median)) / n, m.MedianAbsoluteDeviation, 9);
            var between = sorted.Where(v => v >= m.P10 && v <= m.P90).ToArray();
            var center = between.Sum(v => (double)v) / between.Length;
            Assert.Equal(between.Sum(v => Math.Abs(v - center)) / between.Length, m.RobustMeanAbsoluteDeviation, 9);
            Assert.Equal(sorted.Sum(v => (double)v * v), m.Energy, 6);
        }
    }
}
