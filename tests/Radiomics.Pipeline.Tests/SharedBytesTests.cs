namespace Radiomics.Pipeline.Tests;

public sealed class SharedBytesTests
{
    private readonly SharedBytes _memory = new(100 << 20);

    [Fact]
    public async Task Who_needs_no_more_than_is_left_need_not_wait()
    {
        using var first = await _memory.TakeAsync(60 << 20);
        Assert.True(_memory.TakeAsync(40 << 20).IsCompleted);
    }

    [Fact]
    public async Task Who_needs_more_waits_until_there_is_enough_and_nobody_overtakes()
    {
        var first = await _memory.TakeAsync(60 << 20);
        var large = _memory.TakeAsync(60 << 20);
        var small = _memory.TakeAsync(1 << 20);
        Assert.False(large.IsCompleted || small.IsCompleted);

        first.Dispose();
        await large;
        await small;
    }

    [Fact]
    public async Task Who_does_not_wait_has_some_only_if_there_are_as_many_and_nobody_waits_for_any()
    {
        var first = _memory.TryTake(60 << 20)!;
        Assert.Null(_memory.TryTake(60 << 20));
        var waiting = _memory.TakeAsync(60 << 20);
        Assert.Null(_memory.TryTake(1));
        first.Dispose();
        (await waiting).Dispose();
        using var huge = _memory.TryTake(500 << 20);
        Assert.NotNull(huge);
        Assert.Null(_memory.TryTake(1));
    }

    [Fact]
    public async Task Who_needs_more_than_all_works_alone()
    {
        var first = await _memory.TakeAsync(1 << 20);
        var huge = _memory.TakeAsync(500 << 20);
        Assert.False(huge.IsCompleted);
        first.Dispose();
        var taken = await huge;
        var next = _memory.TakeAsync(1);
        Assert.False(next.IsCompleted);
        taken.Dispose();
        taken.Dispose();
        (await next).Dispose();
    }
}
