namespace Radiomics.Pipeline;

/// <summary>
/// The room that a process's temporary files have. What is going to be written is set aside before, so that of two that would fit alone only one begins; others wait their turn, or are told to come again.
/// </summary>
/// <param name="free">Bytes that are free on the disk now.</param>
/// <param name="options">How much may be taken.</param>
/// <param name="clock">Tells how long was waited.</param>
public sealed class TemporarySpace(Func<long> free, TemporaryOptions options, TimeProvider? clock = null)
{
    // The disk is others', too, and nobody tells when they leave it.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _taken;
    private long _written;
    private int _waiting;

    /// <summary>Bytes set aside, whether they have been written or not.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>Sets bytes aside, if there is room for them now and no step waits for some.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate)
        {
            return _waiting == 0 && TryTakeLocked(bytes);
        }
    }

    /// <summary>Sets bytes aside, once there is room for them. First come, first served.</summary>
    /// <exception cref="TemporarySpaceException">There was none for as long as anybody waits.</exception>
    public async Task TakeAsync(long bytes, CancellationToken cancellation = default)
    {
        var since = _clock.GetTimestamp();
        Interlocked.Increment(ref _waiting);
        try
        {
            await _turn.WaitAsync(cancellation);
            try
            {
                while (!TryTakeWaiting(bytes, since))
                {
                    await Task.Delay(s_interval, _clock, cancellation);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The same for one that holds some already and turns out to need more. It doesn't queue: those in front of it may wait for what it has.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    internal void TakeMore(long bytes)
    {
        var since = _clock.GetTimestamp();
        while (!TryTakeWaiting(bytes, since))
        {
            Thread.Sleep(s_interval);
        }
    }

    /// <summary>Notes how much of what is set aside lies on the disk now.</summary>
    internal void Written(long bytes)
    {
        lock (_gate)
        {
            _written += bytes;
        }
    }

    /// <summary>Gives back.</summary>
    internal void Return(long taken, long written)
    {
        lock (_gate)
        {
            _taken -= taken;
            _written -= written;
        }
    }

    private bool TryTakeWaiting(long bytes, long since)
    {
        lock (_gate)
        {
            return TryTakeLocked(bytes) ? true : _clock.GetElapsedTime(since).TotalSeconds < options.PatienceSeconds ? false : throw new TemporarySpaceException(bytes);
        }
    }

    private bool TryTakeLocked(long bytes)
    {
        if (bytes > (options.MaxBytes ?? long.MaxValue) - _taken || bytes > free() - options.KeepFreeBytes - (_taken - _written))
        {
            return false;
        }

        _taken += bytes;
        return true;
    }
}
