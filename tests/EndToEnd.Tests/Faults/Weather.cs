using Microsoft.AspNetCore.Http;

namespace EndToEnd.Tests.Faults;

/// <summary>What happens to some of the next requests to storage. Chosen by their number, so that a seed chooses the same ones.</summary>
internal sealed class Weather(FaultStep step)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(step.Seed);
    private int _left = step.Requests;

    /// <summary>How many it has happened to.</summary>
    public int Hit { get; private set; }

    public FaultStep Step => step;

    /// <summary>Whether it is over.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _left == 0;
            }
        }
    }

    /// <summary>Whether it happens to a request.</summary>
    public bool Strikes(HttpRequest request)
    {
        if (!Concerns(request))
        {
            return false;
        }

        lock (_gate)
        {
            if (_left == 0)
            {
                return false;
            }

            _left--;
            var strikes = _random.NextDouble() < step.Share;
            Hit += strikes ? 1 : 0;
            return strikes;
        }
    }

    private bool Concerns(HttpRequest request) => step.Kind switch
    {
        FaultKind.WriteTorn => HttpMethods.IsPut(request.Method) && request.ContentLength > 1,
        FaultKind.ReadTorn => HttpMethods.IsGet(request.Method),
        _ => true,
    };
}
