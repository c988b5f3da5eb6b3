using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Service;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Health;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>How the service is, in words: its checks, what of the center is at work, and what runs.</summary>
public sealed class GetServicePage(ConsoleDesk desk, ServiceDesk service, CenterProfiles profiles)
{
    /// <summary>200 with the page, however the service is; with <c>?part=state</c> the part alone that changes. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetServicePage))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/service")] HttpRequest request, string center)
    {
        return request.Query["part"] == "state"
            ? desk.ShowPartAsync<ServicePart>(request, center, async _ => (new() { ["View"] = await ViewAsync() }, IsFinal: false))
            : desk.ShowAsync<ServicePage>(request, center, async _ => new() { ["View"] = await ViewAsync() });

        Task<ServiceView> ViewAsync()
        {
            profiles.Get(center);
            return service.LookAsync(center, request.HttpContext.RequestAborted);
        }
    }
}
