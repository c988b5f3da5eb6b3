using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The way to the issuer, which asks who somebody is.</summary>
public sealed class GetSignInAccount(ConsoleDesk desk, SessionDesk sessions, AccountSignIn account)
{
    /// <summary>302 to the issuer; 303 back to the sign-in page if it can't be asked; 404 where there is none.</summary>
    [Function(nameof(GetSignInAccount))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "signin/oidc")] HttpRequest request) => desk.GuardAsync(request, null, async () =>
    {
        if (!sessions.HasAccounts)
        {
            throw new RadiomicsException("NoAccounts", "This service knows no organisation's accounts: sign in with an API key.");
        }

        return await account.SendThereAsync(request.HttpContext, ReturnAddress.Of(request.Query["return"]))
            ? new EmptyResult()
            : ConsoleDesk.GoTo(request, $"{AccountSignIn.SignInPath}?problem={SignInProblem.Unreachable}");
    });
}
