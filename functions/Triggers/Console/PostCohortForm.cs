using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>A cohort from the console: a form with the CSV as a file.</summary>
public sealed class PostCohortForm(ConsoleDesk desk, CohortDoor door, Intake intake)
{
    // What a form says around its file.
    private const long Around = 16 << 10;

    /// <summary>200 with what was found in it; 422 with the same, and nothing stored. Problems as <see cref="PutCohort"/> has them.</summary>
    [Function(nameof(PostCohortForm))]
    [Hidden]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/cohorts")] HttpRequest request, string center)
    {
        CohortUpload? upload = null;
        var page = await desk.ShowAsync<CohortPage>(request, center, async _ =>
        {
            var form = await ConsoleForm.ReadAsync(request, intake, CohortDoor.MaxBytes + Around);
            if (form.Files.GetFile("file") is not { Length: > 0 } file)
            {
                throw new RadiomicsException("EmptyBody", "No file was chosen, or it is empty. Choose the cohort's CSV file, and send it again.");
            }

            var name = form.TextOf("name") ?? "";
            await using var csv = file.OpenReadStream();
            upload = await door.AcceptAsync(request, center, name, csv, [.. form["identifiers"]]);
            return new() { ["Name"] = name, ["Report"] = upload.Report };
        });
        if (upload is { Cohort: null } && page is ContentResult refused)
        {
            refused.StatusCode = ErrorCatalogue.StatusOf("CohortInvalid");
        }

        return page;
    }
}
