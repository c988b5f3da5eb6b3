using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Console.Studies;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The list of a center's studies, and where one is sent.</summary>
public sealed class GetStudiesPage(ConsoleDesk desk, StudyList list, RadiomicsOptions options)
{
    /// <summary>200 with the page; with <c>?part=rows</c> the table alone, as it is now. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetStudiesPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/studies")] HttpRequest request,
        string center,
        [DurableClient] DurableTaskClient client)
    {
        var filter = StudyFilter.Parse(request.Query["state"], request.Query["find"], request.Query["page"]);
        return request.Query["part"] == "rows"
            ? desk.ShowPartAsync<StudyRows>(request, center, async _ => (new() { ["View"] = await FindAsync() }, IsFinal: false))
            : desk.ShowAsync<StudiesPage>(request, center, async _ => new() { ["View"] = await FindAsync(), ["Limits"] = Limits() });

        Task<StudyListView> FindAsync() => list.FindAsync(client, center, filter, request.HttpContext.RequestAborted);
    }

    private UploadLimits Limits() => new((int)Math.Min(BlockUploads.MostBlockBytes, options.MaxRequestBytes), BlockUploads.MostBlocks, options.Archive.MaxTotalBytes);
}
