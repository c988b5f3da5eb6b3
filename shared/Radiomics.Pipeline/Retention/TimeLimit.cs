namespace Radiomics.Pipeline;

/// <summary>How long a part of the night may take. Who looks for things looks at it before each, since looking takes as long as deleting does.</summary>
/// <param name="clock">Tells the time.</param>
/// <param name="length">From now on.</param>
internal sealed class TimeLimit(TimeProvider clock, TimeSpan length)
{
    private readonly DateTimeOffset _end = clock.GetUtcNow() + length;

    /// <summary>Whether somebody stopped because of it.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Whether time is up: whoever asks stops if so.</summary>
    public bool Stops()
    {
        HasStopped |= clock.GetUtcNow() >= _end;
        return HasStopped;
    }

    /// <summary>Does something that may take long; null if it had to be given up, or wasn't begun.</summary>
    public async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> action, CancellationToken cancellation)
        where T : class
    {
        if (Stops())
        {
            return null;
        }

        using var end = new CancellationTokenSource(_end - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        try
        {
            return await action(either.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            HasStopped = true;
            return null;
        }
    }
}
