using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Authenticates callers by <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(ApiKeyCache keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>The header.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Claim that holds the key's id.</summary>
    public const string KeyClaim = "api_key";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var values = Request.Headers[Header];
        if (values.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (values is not [{ } text] || await keys.FindAsync(text, Context.RequestAborted) is not { } record)
        {
            return AuthenticateResult.Fail("The key is unknown, revoked or has ended.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(record), SchemeName));
    }

    /// <summary>Whom a key stands for, and what they may do.</summary>
    public static ClaimsPrincipal PrincipalOf(ApiKeyRecord record) => new(new ClaimsIdentity(
        [
            new Claim(KeyClaim, record.Id),
            new Claim(Caller.NameClaim, record.Label),
            .. record.Rights.Select(right => new Claim(Caller.RoleClaim, $"{new CenterRole(record.Center, right)}")),
        ],
        SchemeName));
}
