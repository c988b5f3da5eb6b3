using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Signs in with an API key, in a form: it stands in no address and in no log.</summary>
public sealed class PostSignInKey(ConsoleDesk desk, SessionDesk sessions, Intake intake, ILogger<PostSignInKey> logger)
{
    private const long MaxBytes = 16 << 10;

    /// <summary>303 to where somebody wanted to go, now with a session; 303 back to the sign-in page if the key is none that is valid now.</summary>
    [Function(nameof(PostSignInKey))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signin/key")] HttpRequest request) => desk.ChangeAsync(request, null, async () =>
    {
        var form = await ConsoleForm.ReadAsync(request, intake, MaxBytes);
        var returnTo = ReturnAddress.Of(form["return"]);
        if (await sessions.SignInAsync(request.HttpContext, form["key"].ToString().Trim()))
        {
            return returnTo;
        }

        logger.CredentialsRefused(ApiKeyHandler.SchemeName, "of a form");
        return $"{AccountSignIn.SignInPath}?problem={SignInProblem.KeyUnknown}&return={Uri.EscapeDataString(returnTo)}";
    });
}
