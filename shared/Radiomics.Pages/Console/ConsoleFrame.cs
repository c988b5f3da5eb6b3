using Radiomics.Pipeline;

namespace Radiomics.Pages.Console;

/// <summary>What stands around every page of the console, and what its reader may do.</summary>
public sealed record ConsoleFrame
{
    /// <summary>The center that is looked at; null before one is chosen.</summary>
    public string? Center { get; init; }

    /// <summary>The centers that the reader may look at, to switch between.</summary>
    public IReadOnlyList<string> Centers { get; init; } = [];

    /// <summary>Who looks: the caller's name; null if nobody has signed in.</summary>
    public string? Caller { get; init; }

    /// <summary>Whether there is a session to end: not where nobody is asked who they are.</summary>
    public bool HasSession { get; init; }

    /// <summary>What the reader may do at the center. What is missing isn't shown; the service refuses it all the same.</summary>
    public IReadOnlySet<Right> Rights { get; init; } = new HashSet<Right>();

    /// <summary>Goes along with everything that changes something: as the field <see cref="AntiforgeryField"/> of forms, as a header of scripts.</summary>
    public string AntiforgeryToken { get; init; } = "";

    /// <summary>Name of the field of forms, and of the header of scripts.</summary>
    public const string AntiforgeryField = "RequestVerificationToken";

    /// <summary>Whether the reader has a right at the center.</summary>
    public bool May(Right right) => Rights.Contains(right);

    /// <summary>An address below the center: <c>At("studies", id)</c>; each part is escaped.</summary>
    public string At(params string[] parts) => $"/centers/{string.Join('/', parts.Prepend(Center!).Select(Uri.EscapeDataString))}";
}
