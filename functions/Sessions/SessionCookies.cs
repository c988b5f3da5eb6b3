using Microsoft.AspNetCore.Http;

namespace RadiomicsFunctions.Sessions;

/// <summary>What is said of every cookie of the console: no script reads it, no other site's form brings it along, and where the service is reached by https it goes over nothing else.</summary>
/// <param name="isSecure">Whether browsers reach the service by https.</param>
internal sealed class SessionCookies(bool isSecure)
{
    /// <summary>Says it of a cookie that goes with every request.</summary>
    /// <param name="cookie">The cookie.</param>
    /// <param name="name">What it is for.</param>
    public void Describe(CookieBuilder cookie, string name)
    {
        // By its prefix a browser takes it over https alone, from this very host, and from no sibling of it.
        cookie.Name = isSecure ? $"__Host-radiomics-{name}" : $"radiomics-{name}";
        cookie.Path = "/";
        Describe(cookie);
    }

    /// <summary>Says it of one that lives for a step of signing in, and has a name and a path already.</summary>
    public void Describe(CookieBuilder cookie)
    {
        cookie.HttpOnly = true;
        // Strict ones wouldn't come along when the issuer sends somebody back, nor when a link in a worklist leads here.
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
