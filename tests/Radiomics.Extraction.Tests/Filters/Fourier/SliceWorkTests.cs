namespace Radiomics.Extraction.Tests;

public class SliceWorkTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(100, 1)]
    [InlineData(100, 4)]
    public void Every_slice_is_worked_on_once_and_a_tool_is_made_only_for_who_has_one(int count, int threads)
    {
        var times = new int[count];
        var tools = 0;
        SliceWork.Run(
            count,
            threads,
            () =>
            {
                Interlocked.Increment(ref tools);
                return new object();
            },
            (slice, _) => Interlocked.Increment(ref times[slice]));
        Assert.All(times, n => Assert.Equal(1, n));
        Assert.InRange(tools, 0, Math.Min(threads, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_fault_is_thrown_as_it_is(int threads) =>
        Assert.Throws<InvalidDataException>(() => SliceWork.Run(50, threads, () => new object(), (slice, _) =>
        {
            if (slice == 20)
            {
                throw new InvalidDataException();
            }
        }));
}
