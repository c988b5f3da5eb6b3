namespace Radiomics.Extraction.Tests;

public class FloatSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(2048)]
    [InlineData(50_000)]
    public void Numbers_of_either_sign_are_sorted(int count)
    {
        var random = new Random(7);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.4f) * MathF.Pow(10, random.Next(-20, 20)))];
        float[] expected = [.. values.Order()];
        FloatSort.Ascending(values);
        Assert.Equal(expected, values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void Few_different_numbers_are_sorted(int different)
    {
        var random = new Random(8);
        float[] values = [.. Enumerable.Range(0, 10_000).Select(_ => (float)random.Next(different) - 1)];
        float[] expected = [.. values.Order()];
        FloatSort.Ascending(values);
        Assert.Equal(expected, values);
    }
}
