using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>A center's retrainings and cohorts, and the forms for new ones.</summary>
public sealed class GetRetrainingsPage(ConsoleDesk desk, RetrainingListing listing, CohortStore cohorts, CenterProfiles profiles)
{
    /// <summary>200 with the page; with <c>?part=rows</c> the table alone, as it is now. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetRetrainingsPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/retrainings")] HttpRequest request,
        string center,
        [DurableClient] DurableTaskClient client)
    {
        var cancellation = request.HttpContext.RequestAborted;
        return request.Query["part"] == "rows"
            ? desk.ShowPartAsync<RetrainingRows>(request, center, async _ => (new() { ["Rows"] = await RowsAsync() }, IsFinal: false))
            : desk.ShowAsync<RetrainingsPage>(request, center, async _ => new()
            {
                ["Rows"] = await RowsAsync(),
                ["Cohorts"] = await cohorts.ListAsync(center, cancellation),
                ["FieldStrengths"] = profiles.Get(center).Models.Keys.Order(StringComparer.Ordinal).ToList(),
                ["Chosen"] = request.Query["cohort"].FirstOrDefault(),
                ["Form"] = Guid.NewGuid().ToString("N"),
            });

        Task<IReadOnlyList<RetrainingRow>> RowsAsync()
        {
            profiles.Get(center);
            return listing.ReadAsync(client, center, cancellation);
        }
    }
}
