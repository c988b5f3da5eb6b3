namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>A clock that goes on by a second whenever it is looked at, and can be set.</summary>
internal sealed class TickingClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, TimeSpan.TicksPerSecond), TimeSpan.Zero);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
