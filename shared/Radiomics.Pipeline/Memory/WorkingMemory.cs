namespace Radiomics.Pipeline;

/// <summary>
/// The memory that the steps of this process hold for volumes at one time (<see cref="RadiomicsOptions.WorkingMemoryBytes"/>). A study's volumes are as large as its headers say, so a step takes what it
/// needs before it makes them, and waits while others have it; first come, first served. One that needs more than all of it works alone.
/// </summary>
public sealed class WorkingMemory(RadiomicsOptions options)
{
    /// <summary>Bytes a voxel that ingest holds at most: the volume, and masks on its grid and on that of the region.</summary>
    public const int IngestBytesPerVoxel = 6;

    /// <summary>Bytes a voxel that an extraction holds at most: the volume, and what it is turned into.</summary>
    public const int ExtractionBytesPerVoxel = 10;

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
        while (_waiting.TryPeek(out var next) && (_taken == 0 || _taken + next.Bytes <= options.WorkingMemoryBytes))
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

    private sealed class Taken(WorkingMemory memory, long bytes) : IDisposable
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
