namespace Radiomics.Pages.Console;

/// <summary>Why nobody was signed in.</summary>
public enum SignInProblem
{
    /// <summary>The API key is none that is valid now.</summary>
    KeyUnknown,

    /// <summary>Somebody turned back at the issuer.</summary>
    Cancelled,

    /// <summary>What the issuer said isn't good here.</summary>
    Refused,

    /// <summary>The issuer doesn't answer.</summary>
    Unreachable,
}
