using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Audit;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Audit;
using RadiomicsFunctions.Console;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>A center's audit trail: whether it is as it was written, and its events. That it was looked at comes into it, too.</summary>
public sealed class GetAuditPage(ConsoleDesk desk, AuditReader reader, AuditReviewer reviewer, CenterProfiles profiles, TimeProvider clock)
{
    /// <summary>200 with the page; with <c>?part=verdict</c> the verdict alone, as it is now. <c>?verify=1</c> begins a verification. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetAuditPage))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/audit")] HttpRequest request, string center)
    {
        var cancellation = request.HttpContext.RequestAborted;
        return request.Query["part"] == "verdict"
            ? desk.ShowPartAsync<VerdictPart>(request, center, async _ =>
            {
                profiles.Get(center);
                var state = await reviewer.LookAsync(center, cancellation, Since(request));
                return (new() { ["Verdict"] = state.Verdict, ["IsRunning"] = state.IsRunning, ["IsTooLong"] = state.IsTooLong }, !state.IsRunning);
            })
            : desk.ShowAsync<AuditTrailPage>(request, center, async _ =>
            {
                profiles.Get(center);
                var query = AuditFilter.Read(request.Query);
                var asked = clock.GetUtcNow().UtcDateTime;
                var state = request.Query["verify"] == "1" ? await reviewer.BeginAsync(center, cancellation) : await reviewer.LookAsync(center, cancellation);
                return new()
                {
                    ["Query"] = query,
                    ["Page"] = await reader.ReadAsync(center, query, cancellation),
                    ["Verdict"] = state.Verdict,
                    ["IsRunning"] = state.IsRunning,
                    ["IsTooLong"] = state.IsTooLong,
                    ["Asked"] = asked,
                };
            });
    }

    // When the reader asked for a verdict.
    private static DateTime? Since(HttpRequest request) =>
        DateTime.TryParseExact(request.Query["since"], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since) ? since.ToUniversalTime() : null;
}
