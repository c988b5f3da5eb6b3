namespace RadiomicsFunctions.Access;

/// <summary>What the app itself reads in the section <c>Radiomics</c>.</summary>
public sealed record AccessOptions
{
    /// <summary>How callers of the API say who they are.</summary>
    public AuthOptions Auth { get; init; } = new();
}

/// <summary>The section <c>Radiomics__Auth</c>: how callers of the API say who they are. API keys need no setting.</summary>
public sealed record AuthOptions
{
    /// <summary>Whether callers must say who they are. <c>false</c> lets every caller do everything: for one's own machine, and refused in Azure.</summary>
    public bool Required { get; init; } = true;

    /// <summary>
    /// Who issues tokens, as they say in <c>iss</c>: for Entra ID <c>https://login.microsoftonline.com/{tenant}/v2.0</c>. Its keys are found by OpenID Connect
    /// discovery. Not set: no tokens are taken.
    /// </summary>
    public Uri? Issuer { get; init; }

    /// <summary>Whom tokens must be for, as they say in <c>aud</c>: with Entra ID's tokens of version 2 the client id of the API's app registration.</summary>
    public string? Audience { get; init; }

    /// <summary>The issuer's public keys as a JSON Web Key Set (RFC 7517), for networks from which the issuer can't be asked. Not set: it is asked.</summary>
    public string? SigningKeys { get; init; }

    /// <summary>Under which client id people sign in to the console at the issuer: that of the API's app registration, as a rule. Not set: they sign in with an API key.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client's secret, where the issuer asks for one, as Entra ID does; in Azure a reference into the vault.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// Where browsers reach the service, e.g. <c>https://radiomics.example.org</c>: to there the issuer sends back who has signed in. Not set: in Azure the app's own name there, elsewhere the address that was asked.
    /// With <c>https</c> cookies go over nothing else.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// The app role that whoever sends DICOM events must have, as tokens say in <c>roles</c>: Event Grid's is <c>AzureEventGridSecureWebhookSubscriber</c>.
    /// Not set: the function's key alone opens that door.
    /// </summary>
    public string? EventsRole { get; init; }
}
