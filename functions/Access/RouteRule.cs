using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>What an HTTP function asks of its caller.</summary>
public sealed record RouteRule
{
    private RouteRule(Right? right, bool isForEvents, Reading? reads = null, bool isPage = false)
    {
        Right = right;
        IsForEvents = isForEvents;
        Reads = reads;
        IsPage = isPage;
    }

    /// <summary>Anybody may call it, and it tells nothing about centers: health probes.</summary>
    public static RouteRule Open { get; } = new(null, isForEvents: false);

    /// <summary>
    /// Event Grid may call it: who has the function's key, which the host asks for, and a token with the role that <see cref="AuthOptions.EventsRole"/> names. The
    /// handshake before a subscription (<c>OPTIONS</c>) comes without a token, and tells nothing.
    /// </summary>
    public static RouteRule Events { get; } = new(null, isForEvents: true);

    /// <summary>Anybody may look at it, and it tells nothing about centers: a page of the console before somebody has signed in, and the files that pages load.</summary>
    public static RouteRule OpenPage { get; } = new(null, isForEvents: false, isPage: true);

    /// <summary>The right that is needed at the center which the route names; null if none is.</summary>
    public Right? Right { get; }

    /// <summary>Whether it is for Event Grid.</summary>
    public bool IsForEvents { get; }

    /// <summary>What is told, for the audit; null where nothing of a center is.</summary>
    public Reading? Reads { get; }

    /// <summary>
    /// Whether it belongs to the console: the host asks for no key, callers may come with the cookie of their session, who has none is asked to sign in, and whoever changes something
    /// shows the antiforgery token.
    /// </summary>
    public bool IsPage { get; }

    /// <summary>A caller needs a right at the center that the route names.</summary>
    public static RouteRule Needs(Right right) => new(right, isForEvents: false);

    /// <summary>A caller needs the right to read at the center that the route names, and that something was read comes into the center's audit.</summary>
    /// <param name="kind">What it is: <c>prediction</c>, <c>card</c> …</param>
    /// <param name="id">The parts of the route that say which.</param>
    public static RouteRule Tells(string kind, params string[] id) => new(Radiomics.Pipeline.Right.Read, isForEvents: false, new Reading(kind, id));

    /// <summary>As <see cref="Tells"/>, of a page of the console or what it loads.</summary>
    /// <inheritdoc cref="Tells" path="/param"/>
    public static RouteRule Shows(string kind, params string[] id) => new(Radiomics.Pipeline.Right.Read, isForEvents: false, new Reading(kind, id), isPage: true);

    /// <summary>As <see cref="Needs"/>, of what is sent from a page of the console.</summary>
    public static RouteRule Changes(Right right) => new(right, isForEvents: false, isPage: true);
}

/// <summary>What a function tells whoever may read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The parts of the route that say which.</param>
public sealed record Reading(string Kind, IReadOnlyList<string> Id);
