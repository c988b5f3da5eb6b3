using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Ends a session, here and at the issuer.</summary>
public sealed class PostSignOut(ConsoleDesk desk, SessionDesk sessions, AccountSignIn account)
{
    /// <summary>303 to the sign-in page; for who came from the issuer 200 with a page that goes on there, since a browser follows no form's answer to another host.</summary>
    [Function(nameof(PostSignOut))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signout")] HttpRequest request) => desk.GuardAsync(request, null, async () =>
    {
        var isOfIssuer = await sessions.SignOutAsync(request.HttpContext);
        return isOfIssuer && await account.SignOutAddressAsync(request) is { } address
            ? await desk.ShowAsync<SignedOut>(request, null, _ => Task.FromResult(new Dictionary<string, object?> { ["Address"] = address }))
            : ConsoleDesk.GoTo(request, AccountSignIn.SignInPath);
    });
}
