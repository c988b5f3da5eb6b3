using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Access;

/// <summary>Decides whether a request may reach its function, before that has seen any of it.</summary>
internal sealed class AccessGate(AuthOptions options, PageGate pages, IOptionsMonitor<JwtBearerOptions> bearer, ILogger<AccessGate> logger)
{
    private static readonly EmptyResult s_admitted = new();

    /// <summary>Finds out who calls and whether they may. Returns the answer to who may not, else null; then <see cref="Caller.Of(HttpRequest)"/> is there.</summary>
    /// <param name="http">The request.</param>
    /// <param name="function">Name of the function.</param>
    /// <param name="center">The center that the route names, as the function gets it; null if it names none that host and worker agree about.</param>
    public async Task<IActionResult?> RefuseAsync(HttpContext http, string function, string? center)
    {
        if (RouteRules.All.GetValueOrDefault(function) is { IsPage: true } page)
        {
            return await pages.RefuseAsync(http, page, center);
        }

        var answer = await Answers.OfAsync(http.Request, logger, async () =>
        {
            http.Features.Set(await AdmitAsync(http, RouteRules.Of(function), center));
            return s_admitted;
        });
        if (answer == s_admitted)
        {
            return null;
        }

        if (answer is ContentResult { StatusCode: StatusCodes.Status401Unauthorized })
        {
            http.Response.Headers.WWWAuthenticate = options.Issuer is null ? ApiKeyHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme;
        }

        return answer;
    }

    private async Task<Caller> AdmitAsync(HttpContext http, RouteRule rule, string? center)
    {
        if (!options.Required)
        {
            return Caller.Local;
        }

        if (rule.Right is { } right)
        {
            var caller = await IdentifyAsync(http);
            caller.Require(center ?? throw CenterProfiles.Unknown(), right);
            return caller;
        }

        if (rule.IsForEvents && options.EventsRole is { Length: > 0 } role && !HttpMethods.IsOptions(http.Request.Method))
        {
            var sender = await IdentifyAsync(http);
            return sender.Has(role) ? sender : throw new RadiomicsException("RightMissing", $"Events are taken from who has the role {role}.");
        }

        return Caller.Anonymous;
    }

    private async Task<Caller> IdentifyAsync(HttpContext http)
    {
        var hasKey = http.Request.Headers.ContainsKey(ApiKeyHandler.Header);
        var hasToken = http.Request.Headers.ContainsKey("Authorization");
        var taken = options.Issuer is null ? $"an API key in the header {ApiKeyHandler.Header}" : $"a token (Authorization: Bearer …), or an API key in the header {ApiKeyHandler.Header}";
        if (!hasKey && !hasToken)
        {
            throw new RadiomicsException("CredentialsMissing", $"This service asks who calls: send {taken}.");
        }

        // With both it would be a matter of taste whose name comes into the audit.
        if (hasKey && hasToken)
        {
            throw Invalid("Send a token or an API key, not both.");
        }

        if (hasToken && options.Issuer is null)
        {
            throw Invalid($"This service takes no tokens: send {taken}.");
        }

        var found = await http.AuthenticateAsync(hasKey ? ApiKeyHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme);
        if (found.Succeeded)
        {
            return (hasKey ? Caller.OfKey(found.Principal) : Caller.OfToken(found.Principal, options.Issuer!)) ?? throw Invalid("The token doesn't say whose it is (oid, sub).");
        }

        if (hasToken && found.Failure is SecurityTokenSignatureKeyNotFoundException)
        {
            await RequireIssuerAsync(http.RequestAborted);
        }

        logger.CredentialsRefused(hasKey ? ApiKeyHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme, found.Failure?.GetType().Name ?? "no credentials");
        throw Invalid(hasKey ? "The API key is unknown, revoked, or has ended. Ask for a new one." : "The token is not one of this service's issuer for this service, or has ended. Get a new one.");
    }

    // Where the issuer doesn't tell its keys, a right token can't be told from a wrong one, which is no fault of who shows it.
    private async Task RequireIssuerAsync(CancellationToken cancellation)
    {
        try
        {
            await (bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager?.GetConfigurationAsync(cancellation) ?? Task.CompletedTask);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            logger.IssuerUnreachable(StepFault.Describe(e));
            throw new RadiomicsException("IssuerUnreachable", "The issuer of tokens can't be asked for its keys now; nothing is known to be wrong with the token. Send it again later.");
        }
    }

    private static RadiomicsException Invalid(string detail) => new("CredentialsInvalid", detail);
}
