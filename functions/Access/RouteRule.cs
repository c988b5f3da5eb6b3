using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>What an HTTP function asks of its caller.</summary>
public sealed record RouteRule
{
    private RouteRule(Right? right, bool isForEvents)
    {
        Right = right;
        IsForEvents = isForEvents;
    }

    /// <summary>Anybody may call it, and it tells nothing about centers: health probes.</summary>
    public static RouteRule Open { get; } = new(null, isForEvents: false);

    /// <summary>
    /// Event Grid may call it: who has the function's key, which the host asks for, and a token with the role that <see cref="AuthOptions.EventsRole"/> names. The
    /// handshake before a subscription (<c>OPTIONS</c>) comes without a token, and tells nothing.
    /// </summary>
    public static RouteRule Events { get; } = new(null, isForEvents: true);

    /// <summary>The right that is needed at the center which the route names; null if none is.</summary>
    public Right? Right { get; }

    /// <summary>Whether it is for Event Grid.</summary>
    public bool IsForEvents { get; }

    /// <summary>A caller needs a right at the center that the route names.</summary>
    public static RouteRule Needs(Right right) => new(right, isForEvents: false);
}
