using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Who calls, and what they may do: the verified principal of a token or an API key.</summary>
public sealed class Caller
{
    /// <summary>Claim of a token or a key that holds a role.</summary>
    public const string RoleClaim = "roles";

    /// <summary>Claim of a token or a key that holds what its bearer is called.</summary>
    public const string NameClaim = "name";

    // Where Entra ID issues tokens, in its clouds: an object id is one principal's there alone.
    private static readonly string[] s_entra =
        ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "sts.windows.net"];

    private readonly IReadOnlyList<string> _names;
    private readonly HashSet<CenterRole> _roles;
    private readonly bool _mayAll;

    private Caller(string name, string displayName, IReadOnlyList<string> roles, bool mayAll)
    {
        Name = name;
        DisplayName = displayName;
        _names = roles;
        _roles = [.. roles.Select(CenterRole.TryParse).OfType<CenterRole>()];
        _mayAll = mayAll;
    }

    /// <summary>Whoever calls a service that asks nobody who they are: one on the caller's own machine.</summary>
    public static Caller Local { get; } = new("local", "local", [], mayAll: true);

    /// <summary>Whoever calls what is open to everybody, or is for the host's keys.</summary>
    public static Caller Anonymous { get; } = new("anonymous", "anonymous", [], mayAll: false);

    /// <summary>For the audit: <c>entra:{object id}</c>, <c>token:{subject}</c> of another issuer, <c>key:{id}</c>, <c>local</c>.</summary>
    public string Name { get; }

    /// <summary>For the caller's own eyes: the name that the issuer has for them, or the key's label.</summary>
    public string DisplayName { get; }

    /// <summary>Whether every right is there at every center.</summary>
    public bool MayAll => _mayAll;

    /// <summary>The caller of a request, as the middleware found it.</summary>
    /// <exception cref="InvalidOperationException">The request didn't come through it.</exception>
    public static Caller Of(HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody has looked yet who calls.");

    /// <summary>The caller that an API key stands for.</summary>
    public static Caller? OfKey(ClaimsPrincipal principal) => Of(principal, "key", ApiKeyHandler.KeyClaim);

    /// <summary>The caller that a token stands for; null if it doesn't say whose it is. Entra ID's object id is one principal's for good; names and addresses aren't.</summary>
    public static Caller? OfToken(ClaimsPrincipal principal, Uri issuer) =>
        IsEntra(issuer) ? Of(principal, "entra", IdClaimOf(issuer)) : Of(principal, "token", IdClaimOf(issuer));

    /// <summary>The claim by which an issuer's tokens say whose they are.</summary>
    public static string IdClaimOf(Uri issuer) => IsEntra(issuer) ? "oid" : "sub";

    /// <summary>Whether a role is there, whatever it is for.</summary>
    public bool Has(string role) => _names.Contains(role, StringComparer.Ordinal);

    /// <summary>Whether a right is there at a center.</summary>
    public bool May(string center, Right right) => _mayAll || _roles.Contains(new CenterRole(center, right));

    /// <summary>Whether any right is there at a center: to others it doesn't exist.</summary>
    public bool Knows(string center) => _mayAll || _roles.Any(role => role.Center == center);

    /// <summary>Passes who has a right at a center.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, as for one that isn't there, if there is no right at it; <c>RightMissing</c> if there is another one.</exception>
    public void Require(string center, Right right)
    {
        if (!May(center, right))
        {
            throw Knows(center) ? new RadiomicsException("RightMissing", $"You have no right to do this at center {center}: it takes the role {new CenterRole(center, right)}.") : CenterProfiles.Unknown();
        }
    }

    private static bool IsEntra(Uri issuer) => s_entra.Contains(issuer.Host, StringComparer.OrdinalIgnoreCase);

    private static Caller? Of(ClaimsPrincipal principal, string kind, string claim)
    {
        var roles = principal.FindAll(RoleClaim).Select(role => role.Value).ToList();
        return principal.FindFirst(claim)?.Value is { Length: > 0 } id
            ? new Caller($"{kind}:{id}", principal.FindFirst(NameClaim)?.Value ?? $"{kind}:{id}", roles, roles.Contains(CenterRole.Admin))
            : null;
    }
}
