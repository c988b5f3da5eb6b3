using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Quarantine;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>What a center has sent that could not be used, a page at a time.</summary>
public sealed class GetQuarantinePage(ConsoleDesk desk, QuarantineListing listing, CenterProfiles profiles)
{
    private const int MostPages = 100_000;

    /// <summary>200 with the page. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetQuarantinePage))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/quarantine")] HttpRequest request, string center) =>
        desk.ShowAsync<QuarantinePage>(request, center, async _ =>
        {
            profiles.Get(center);
            var isUnresolved = request.Query["show"] != "all";
            var page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < MostPages ? number : 0;
            return new()
            {
                ["Listing"] = await listing.ReadAsync(center, isUnresolved, page, request.HttpContext.RequestAborted),
                ["UnresolvedOnly"] = isUnresolved,
                ["Number"] = page,
            };
        });
}
