namespace RadiomicsFunctions.Telemetry;

/// <summary>How many steps of orchestrations this process is at work on.</summary>
internal sealed class StepsUnderWay(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _underWay;
    private long _last;

    /// <summary>How many have ended since the process began.</summary>
    public long Ended { get; private set; }

    /// <summary>For how long none has been under way; null while one is.</summary>
    public TimeSpan? RestingFor
    {
        get
        {
            lock (_gate)
            {
                return _underWay == 0 ? clock.GetElapsedTime(_last) : null;
            }
        }
    }

    /// <summary>A step begins.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _underWay++;
        }
    }

    /// <summary>A step has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _underWay--;
            Ended++;
            _last = clock.GetTimestamp();
        }
    }
}
