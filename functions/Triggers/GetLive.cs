using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>Tells whoever restarts what hangs that this process answers. It asks nobody else: a restart would mend nothing there.</summary>
public sealed class GetLive
{
    /// <summary>200 <c>alive</c>.</summary>
    [Function(nameof(GetLive))]
    [Operation(ApiTags.Service, "Whether this process answers")]
    [Returns(200, "It does.", Type = typeof(Life))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) => Answers.Json(new Life("alive"));

    /// <summary>What a process that answers says.</summary>
    /// <param name="Status">`alive`.</param>
    private sealed record Life(string Status);
}
