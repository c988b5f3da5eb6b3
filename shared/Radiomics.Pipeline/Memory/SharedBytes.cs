namespace Radiomics.Pipeline;

/// <summary>
/// Bytes that many share, of memory or of what is on its way: each takes what it needs before it needs it, and waits while others have it, or comes again; first come, first served. One that needs more
/// than all of them has them alone.
/// </summary>
/// <param name="amount">How many there are.</param>
public sealed class SharedBytes(long amount)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiting = new();
    private long _taken;

    /// <summary>Takes some.</summary>
    /// <param name="bytes">How much.</param>
    /// <returns>Gives it back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(long bytes)
    {
        var waiter = new Waiter(bytes);
        lock (_gate)
        {
            _waiting.Enqueue(waiter);
            LetIn();
        }

        await waiter.Entered.Task;
        return new Taken(this, bytes);
    }

    /// <summary>Takes some where the work can't be awaited.</summary>
    /// <inheritdoc cref="TakeAsync(long)"/>
    public IDisposable Take(long bytes) => TakeAsync(bytes).GetAwaiter().GetResult();

    /// <summary>Takes some if there are as many now and nobody waits for any; null if not.</summary>
    /// <inheritdoc cref="TakeAsync(long)"/>
    public IDisposable? TryTake(long bytes)
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || !Fits(bytes))
            {
                return null;
            }

            _taken += bytes;
            return new Taken(this, bytes);
        }
    }

    private bool Fits(long bytes) => _taken == 0 || _taken + bytes <= amount;

    private void LetIn()
    {
        while (_waiting.TryPeek(out var next) && Fits(next.Bytes))
        {
            _waiting.Dequeue();
            _taken += next.Bytes;
            next.Entered.SetResult();
        }
    }

    private void Return(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            LetIn();
        }
    }

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Taken(SharedBytes owner, long bytes) : IDisposable
    {
        private int _isReturned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            {
                owner.Return(bytes);
            }
        }
    }
}
