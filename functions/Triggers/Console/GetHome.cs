using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Sessions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>
/// The beginning: the studies of the first center that somebody may look at. The route is a parameter that holds nothing, since one that is empty means the function's name to the host.
/// </summary>
public sealed class GetHome(ConsoleDesk desk, CenterProfiles profiles)
{
    /// <summary>303 to a center's studies, or to the sign-in page; 200 with a page for who has a right at no center.</summary>
    [Function(nameof(GetHome))]
    [Hidden]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{page:maxlength(0)?}")] HttpRequest request)
    {
        var caller = Caller.Of(request);
        if (caller == Caller.Anonymous)
        {
            return ConsoleDesk.GoTo(request, AccountSignIn.SignInPath);
        }

        // Who sends studies and may not look at them is told so there.
        var known = profiles.Centers.Where(caller.Knows).OrderByDescending(center => caller.May(center, Right.Read)).FirstOrDefault();
        return known is null
            ? await desk.ShowAsync<NoCenter>(request, null, _ => Task.FromResult(new Dictionary<string, object?>()))
            : ConsoleDesk.GoTo(request, $"/centers/{Uri.EscapeDataString(known)}/studies");
    }
}
