using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;

namespace RadiomicsFunctions.Sessions;

/// <summary>
/// Begins, recognises and ends the sessions of people with a browser. A session is what its cookie says, and no list anywhere: of somebody who came with an API key the key's id alone, and what it may is looked up at each
/// request, so that a revoked key ends its sessions; of somebody who came from the issuer who they are and their roles there.
/// </summary>
public sealed class SessionDesk(AuthOptions options, ApiKeyCache keys, AuditTrail audit, CenterProfiles profiles)
{
    /// <summary>Name of the scheme: the cookie.</summary>
    public const string Scheme = "Session";

    /// <summary>How long a session lasts, whatever is done in it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private const string SessionClaim = "sid";
    private const string IssuerClaim = "iss";

    /// <summary>Whether people can sign in at the issuer.</summary>
    public bool HasAccounts => options is { Issuer: not null, ClientId.Length: > 0 };

    /// <summary>Whose session a request belongs to; null if to none that still holds.</summary>
    public async Task<Caller?> FindAsync(HttpContext http) =>
        await http.AuthenticateAsync(Scheme) is { Succeeded: true, Principal: { } principal } ? await CallerOfAsync(principal, http.RequestAborted) : null;

    /// <summary>What the cookie says of somebody whose token the issuer has just given us: no more than is looked at later. Null if it doesn't say whose it is.</summary>
    public ClaimsPrincipal? PrincipalOf(ClaimsPrincipal token)
    {
        var id = Caller.IdClaimOf(options.Issuer!);
        return token.FindFirst(id) is null ? null : NewSession(
        [
            new Claim(IssuerClaim, options.Issuer!.OriginalString),
            .. token.FindAll(claim => claim.Type == id || claim.Type == Caller.RoleClaim || claim.Type == Caller.NameClaim).Select(claim => new Claim(claim.Type, claim.Value)),
        ]);
    }

    /// <summary>Begins a session of whoever shows a key. False if the key is none that is valid now.</summary>
    public async Task<bool> SignInAsync(HttpContext http, string key)
    {
        if (await keys.FindAsync(key, http.RequestAborted) is not { } record)
        {
            return false;
        }

        var principal = NewSession([new Claim(ApiKeyHandler.KeyClaim, record.Id)]);
        await NoteAsync(principal, "signed-in", http.RequestAborted);
        await http.SignInAsync(Scheme, principal, new AuthenticationProperties { AllowRefresh = false });
        return true;
    }

    /// <summary>Ends the session; without one nothing happens. Returns whether it was of somebody who came from the issuer.</summary>
    public async Task<bool> SignOutAsync(HttpContext http)
    {
        var principal = (await http.AuthenticateAsync(Scheme)).Principal;
        if (principal is not null)
        {
            await NoteAsync(principal, "signed-out", http.RequestAborted);
        }

        await http.SignOutAsync(Scheme);
        http.Features.Set(Caller.Anonymous);
        http.User = new ClaimsPrincipal();
        return principal?.FindFirst(IssuerClaim) is not null;
    }

    /// <summary>Writes into the audit that a session began or ended: at each center where there is a right, and for who may everything, or nothing, in the trail of <c>_system</c>.</summary>
    public async Task NoteAsync(ClaimsPrincipal principal, string action, CancellationToken cancellation)
    {
        if (principal.FindFirst(SessionClaim)?.Value is not { } session || await CallerOfAsync(principal, cancellation) is not { } caller)
        {
            return;
        }

        string[] centers = caller.MayAll ? [] : [.. profiles.Centers.Where(caller.Knows)];
        foreach (var center in centers.DefaultIfEmpty(Containers.System))
        {
            await audit.AppendAsync(new AuditEvent
            {
                Id = $"sessions/{session}/{action}",
                Center = center,
                Actor = caller.Name,
                Action = action,
                Subjects = new Dictionary<string, string> { ["session"] = session },
                IsPassing = true,
            });
        }
    }

    private static ClaimsPrincipal NewSession(IEnumerable<Claim> claims) =>
        new(new ClaimsIdentity([new Claim(SessionClaim, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))), .. claims], Scheme));

    private async Task<Caller?> CallerOfAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        if (principal.FindFirst(ApiKeyHandler.KeyClaim)?.Value is { } id)
        {
            return await keys.FindByIdAsync(id, cancellation) is { } record ? Caller.OfKey(ApiKeyHandler.PrincipalOf(record)) : null;
        }

        // Of an issuer that is trusted no longer nobody is.
        return HasAccounts && principal.FindFirst(IssuerClaim)?.Value == options.Issuer!.OriginalString ? Caller.OfToken(principal, options.Issuer) : null;
    }
}
