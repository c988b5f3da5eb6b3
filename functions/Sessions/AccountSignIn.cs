using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Extraction;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Sessions;

/// <summary>
/// Signing in with the organisation's account: OpenID Connect, authorization code with PKCE (RFC 7636), of which the browser sees a code that is good once and for us alone. The framework's handler does it; here stands what it is to
/// ask for, and what becomes of its answer.
/// </summary>
public sealed class AccountSignIn(IOptionsMonitor<OpenIdConnectOptions> options, IAuthenticationSchemeProvider schemes, ILogger<AccountSignIn> logger)
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme = "Account";

    /// <summary>Where the issuer sends people back to, with a code; and where they are after it has signed them out. Both must be known to it.</summary>
    public const string CallbackPath = "/signin/callback", SignInPath = "/signin";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Says to the framework's handler what is asked for.</summary>
    internal static void Configure(OpenIdConnectOptions account, AuthOptions options, Uri issuer, string client, SessionCookies cookies, TokenValidationParameters tokens)
    {
        account.SignInScheme = SessionDesk.Scheme;
        account.Authority = issuer.OriginalString;
        account.RequireHttpsMetadata = !issuer.IsLoopback;
        account.ClientId = client;
        account.ClientSecret = options.ClientSecret;
        account.ResponseType = OpenIdConnectResponseType.Code;
        account.UsePkce = true;
        // By a link, not by a form of another site's: such a one brings no cookies along but those that every site's forms do.
        account.ResponseMode = OpenIdConnectResponseMode.Query;
        account.CallbackPath = CallbackPath;
        account.MapInboundClaims = false;
        account.SaveTokens = false;
        account.BackchannelTimeout = s_patience;
        account.DisableTelemetry = true;
        account.TokenValidationParameters = tokens.Clone();
        account.TokenValidationParameters.ValidAudience = client;
        // Its keys are asked for where everything else is, too.
        account.TokenValidationParameters.IssuerSigningKeys = null;
        cookies.Describe(account.CorrelationCookie);
        cookies.Describe(account.NonceCookie);
        account.Events = new OpenIdConnectEvents { OnTokenValidated = RequireSignature, OnTicketReceived = BeginAsync, OnRemoteFailure = FailAsync };
    }

    /// <summary>Sends somebody to the issuer, to come back to a page.</summary>
    /// <returns>Whether the issuer could be asked where that is.</returns>
    public async Task<bool> SendThereAsync(HttpContext http, string returnTo)
    {
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = returnTo, AllowRefresh = false });
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            logger.IssuerUnreachable(StepFault.Describe(e));
            return false;
        }
    }

    /// <summary>Takes in what the issuer sends somebody back with, and answers: to the page where they wanted to go, or to the sign-in page with what went wrong.</summary>
    public static async Task ReceiveAsync(HttpContext http)
    {
        var handlers = http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        if (await handlers.GetHandlerAsync(http, Scheme) is not IAuthenticationRequestHandler handler || !await handler.HandleRequestAsync())
        {
            throw new RadiomicsException("InvalidRequest", "Nothing was begun that could end here: sign in from the beginning.");
        }
    }

    /// <summary>Where the issuer signs somebody out, and sends them back from; null if it has no such place, or can't be asked.</summary>
    public async Task<string?> SignOutAddressAsync(HttpRequest request)
    {
        if (await schemes.GetSchemeAsync(Scheme) is null)
        {
            return null;
        }

        try
        {
            var account = options.Get(Scheme);
            var known = await account.ConfigurationManager!.GetConfigurationAsync(request.HttpContext.RequestAborted);
            return known.EndSessionEndpoint is not { Length: > 0 } endpoint ? null : new OpenIdConnectMessage
            {
                IssuerAddress = endpoint,
                ClientId = account.ClientId,
                PostLogoutRedirectUri = $"{request.Scheme}://{request.Host}{SignInPath}",
            }.CreateLogoutRequestUrl();
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            logger.IssuerUnreachable(StepFault.Describe(e));
            return null;
        }
    }

    // Of a token that comes from the issuer itself the handler lets the signature be missing.
    private static Task RequireSignature(TokenValidatedContext context)
    {
        if (context.SecurityToken.RawSignature.Length == 0 || context.Options.TokenValidationParameters.ValidAlgorithms.Contains(context.SecurityToken.SignatureAlgorithm) is false)
        {
            context.Fail(new SecurityTokenInvalidSignatureException("The token isn't signed."));
        }

        return Task.CompletedTask;
    }

    private static async Task BeginAsync(TicketReceivedContext context)
    {
        var desk = context.HttpContext.RequestServices.GetRequiredService<SessionDesk>();
        if (desk.PrincipalOf(context.Principal!) is not { } session)
        {
            context.Fail("The token doesn't say whose it is.");
            return;
        }

        await desk.NoteAsync(session, "signed-in", context.HttpContext.RequestAborted);
        context.Principal = session;
        // Not as long as the issuer's token: as long as every session.
        (context.Properties!.IssuedUtc, context.Properties.ExpiresUtc, context.Properties.IsPersistent) = (null, null, false);
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        var problem = context.Failure switch
        {
            { Data: var data } when "access_denied".Equals(data["error"]) => SignInProblem.Cancelled,
            { } failure when IsOfNetwork(failure) => SignInProblem.Unreachable,
            _ => SignInProblem.Refused,
        };
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILogger<AccountSignIn>>();
        if (problem == SignInProblem.Unreachable)
        {
            logger.IssuerUnreachable(StepFault.Describe(context.Failure!));
        }
        else
        {
            logger.CredentialsRefused(Scheme, context.Failure is { } failure ? Innermost(failure).GetType().Name : problem.ToString());
        }

        context.Response.Redirect($"{SignInPath}?problem={problem}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static bool IsOfNetwork(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
            {
                return true;
            }
        }

        return false;
    }

    private static Exception Innermost(Exception failure) => failure.GetBaseException();
}
