using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Where people say who they are.</summary>
public sealed class GetSignIn(ConsoleDesk desk, SessionDesk sessions)
{
    /// <summary>200 with the page; 303 for who has a session already, to where they were going.</summary>
    [Function(nameof(GetSignIn))]
    [Hidden]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "signin")] HttpRequest request)
    {
        var returnTo = ReturnAddress.Of(request.Query["return"]);
        return Caller.Of(request) != Caller.Anonymous
            ? ConsoleDesk.GoTo(request, returnTo)
            : await desk.ShowAsync<SignIn>(request, null, _ => Task.FromResult(new Dictionary<string, object?>
            {
                ["ReturnTo"] = returnTo,
                ["HasAccounts"] = sessions.HasAccounts,
                ["Problem"] = Enum.TryParse<SignInProblem>(request.Query["problem"], out var problem) ? problem : null,
            }));
    }
}
