using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Where the issuer sends people back to.</summary>
public sealed class GetSignInCallback(ConsoleDesk desk, SessionDesk sessions)
{
    /// <summary>302 to where somebody wanted to go, now with a session; 302 to the sign-in page if the issuer, or what it says, doesn't let them.</summary>
    [Function(nameof(GetSignInCallback))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "signin/callback")] HttpRequest request) => desk.GuardAsync(request, null, async () =>
    {
        if (!sessions.HasAccounts)
        {
            throw new RadiomicsException("NoAccounts", "This service knows no organisation's accounts: sign in with an API key.");
        }

        await AccountSignIn.ReceiveAsync(request.HttpContext);
        return new EmptyResult();
    });
}
