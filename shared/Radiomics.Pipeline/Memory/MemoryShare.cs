namespace Radiomics.Pipeline;

/// <summary>An amount of memory that steps share: each takes what it needs before it needs it, and waits while others have it; first come, first served. One that needs more than all of it works alone.</summary>
/// <param name="amount">Bytes.</param>
public sealed class MemoryShare(long amount)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiting = new();
    private long _taken;

    /// <summary>Takes memory.</summary>
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

    /// <summary>Takes memory where the work can't be awaited.</summary>
    /// <inheritdoc cref="TakeAsync(long)"/>
    public IDisposable Take(long bytes) => TakeAsync(bytes).GetAwaiter().GetResult();

    private void LetIn()
    {
        while (_waiting.TryPeek(out var next) && (_taken == 0 || _taken + next.Bytes <= amount))
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

    private sealed class Taken(MemoryShare memory, long bytes) : IDisposable
    {
        private int _isReturned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            {
                memory.Return(bytes);
            }
        }
    }
}
