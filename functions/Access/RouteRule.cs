using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>What an HTTP function asks of its caller.</summary>
public sealed record RouteRule
{
    private RouteRule(Right? right, bool isForEvents, Reading? reads = null)
    {
        Right = right;
        IsForEvents = isForEvents;
        Reads = reads;
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

    /// <summary>What is told, for the audit; null where nothing of a center is.</summary>
    public Reading? Reads { get; }

    /// <summary>A caller needs a right at the center that the route names.</summary>
    public static RouteRule Needs(Right right) => new(right, isForEvents: false);

    /// <summary>A caller needs the right to read at the center that the route names, and that something was read comes into the center's audit.</summary>
    /// <param name="kind">What it is: <c>prediction</c>, <c>card</c> …</param>
    /// <param name="id">The parts of the route that say which.</param>
    public static RouteRule Tells(string kind, params string[] id) => new(Radiomics.Pipeline.Right.Read, isForEvents: false, new Reading(kind, id));
}

/// <summary>What a function tells whoever may read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The parts of the route that say which.</param>
public sealed record Reading(string Kind, IReadOnlyList<string> Id);
