using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Access;

/// <summary>
/// The gate before the console's functions. Callers are known by the cookie of their session and by nothing else; who has none is asked to sign in; and whatever changes something must come from one of our own pages, also where nobody
/// is asked who they are.
/// </summary>
internal sealed class PageGate(AuthOptions options, SessionDesk sessions, FormTokens tokens, ConsoleDesk desk)
{
    private static readonly EmptyResult s_admitted = new();

    /// <summary>As <see cref="AccessGate.RefuseAsync"/>, of a page or what it loads and sends.</summary>
    public async Task<IActionResult?> RefuseAsync(HttpContext http, RouteRule rule, string? center)
    {
        // What is made of a request's own address is only as good as what it says of that.
        if (options.PublicUrl is { } known)
        {
            (http.Request.Scheme, http.Request.Host) = (known.Scheme, HostString.FromUriComponent(known));
        }

        PagePolicy.Apply(http.Response);
        var answer = await desk.GuardAsync(http.Request, center, () => AdmitAsync(http, rule, center));
        return answer == s_admitted ? null : answer;
    }

    private async Task<IActionResult> AdmitAsync(HttpContext http, RouteRule rule, string? center)
    {
        var caller = options.Required ? await sessions.FindAsync(http) : Caller.Local;
        http.Features.Set(caller ?? Caller.Anonymous);
        if (caller is not null && caller != Caller.Local)
        {
            // Whose token a form's is.
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", caller.Name)], SessionDesk.Scheme));
        }

        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (rule.Right is not null && caller is null)
        {
            return reads && !ConsoleDesk.WantsJson(http.Request)
                ? ConsoleDesk.GoTo(http.Request, SignInAddress(http.Request))
                : throw new RadiomicsException("SignInNeeded", "Nobody is signed in here, or the session has ended: sign in, and do it again.");
        }

        if (!reads)
        {
            await tokens.RequireAsync(http);
        }

        if (rule.Right is { } right)
        {
            caller!.Require(center ?? throw CenterProfiles.Unknown(), right);
        }

        return s_admitted;
    }

    private static string SignInAddress(HttpRequest request) => $"/signin?return={Uri.EscapeDataString($"{request.Path}{request.QueryString}")}";
}
