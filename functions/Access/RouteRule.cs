using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>What an HTTP function asks of its caller.</summary>
public sealed record RouteRule
{
    private RouteRule(Right? right, bool isForHost)
    {
        Right = right;
        IsForHost = isForHost;
    }

    /// <summary>Anybody may call it, and it tells nothing about centers: health probes.</summary>
    public static RouteRule Open { get; } = new(null, isForHost: false);

    /// <summary>Who has the function's key may call it: Event Grid, which has no identity that the worker could check. The host asks for the key.</summary>
    public static RouteRule HostKey { get; } = new(null, isForHost: true);

    /// <summary>The right that is needed at the center which the route names; null if none is.</summary>
    public Right? Right { get; }

    /// <summary>Whether the host's key alone decides.</summary>
    public bool IsForHost { get; }

    /// <summary>A caller needs a right at the center that the route names.</summary>
    public static RouteRule Needs(Right right) => new(right, isForHost: false);
}
