using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>Tells a load balancer or a person whether the service works: whether storage answers. Which centers it serves it tells only where nobody is asked who they are.</summary>
public sealed class GetHealth(BlobStore store, CenterProfiles profiles, ModelRegistry models, ILogger<GetHealth> logger)
{
    /// <summary>200 <c>healthy</c>, or 503 <c>StorageUnreachable</c>.</summary>
    [Function(nameof(GetHealth))]
    [Operation(ApiTags.Service, "Whether the service can work")]
    [Returns(200, "It can.", Type = typeof(Health))]
    [Problems("StorageUnreachable")]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request)
    {
        try
        {
            await store.PingAsync(request.HttpContext.RequestAborted);
            var knowsAll = Caller.Of(request) == Caller.Local;
            return Answers.Json(new Health(
                "healthy", knowsAll ? [.. profiles.Centers] : [], knowsAll ? models.Loaded : null, FeatureExtractor.EngineVersion, StudyReader.IngestVersion));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.Unhealthy(StepFault.Describe(e), e.StackTrace);
            return Answers.Problem(request, "StorageUnreachable", "The storage account doesn't answer.");
        }
    }

    /// <summary>What a healthy service says of itself.</summary>
    /// <param name="Status">`healthy`.</param>
    /// <param name="Centers">The centers that it serves; none for strangers.</param>
    /// <param name="ModelsLoaded">Models that it has in memory; null for strangers.</param>
    /// <param name="EngineVersion">Version of the extraction engine.</param>
    /// <param name="IngestVersion">Version of ingest.</param>
    private sealed record Health(string Status, IReadOnlyList<string> Centers, int? ModelsLoaded, string EngineVersion, string IngestVersion);
}
