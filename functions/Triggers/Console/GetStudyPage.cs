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

/// <summary>One study: how far it is, then what came of it.</summary>
public sealed class GetStudyPage(ConsoleDesk desk, StudyFinder finder)
{
    /// <summary>200 with the page; with <c>?part=progress</c> how far it is alone, until it is settled. Problems <c>UnknownCenter</c>, <c>PredictionNotFound</c>, <c>RecordAltered</c>.</summary>
    [Function(nameof(GetStudyPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/studies/{id}")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var cancellation = request.HttpContext.RequestAborted;
        return request.Query["part"] == "progress"
            ? desk.ShowPartAsync<StudyProgress>(request, center, async _ =>
            {
                var view = await finder.FollowAsync(client, center, id, cancellation);
                return (new() { ["View"] = view }, view.Status.Status is PredictionState.Succeeded or PredictionState.Failed);
            })
            : desk.ShowAsync<StudyPage>(request, center, async _ => new()
            {
                ["View"] = await finder.FindAsync(client, center, id, cancellation) with { IsSentAgain = request.Query["sent"] == "again" },
            });
    }
}
