using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The service's doors for cohorts, retrainings and models, of one center.</summary>
public sealed class LearningClient(ServiceClient service, string center)
{
    /// <summary>Where the service answers.</summary>
    public Uri BaseUrl => service.BaseUrl;

    /// <summary>Sends a cohort. A cohort with errors isn't stored, and has no answer but its report.</summary>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="csv">The file.</param>
    /// <param name="mapped">Whether its UIDs are mapped already.</param>
    public async Task<(CohortAnswer? Stored, CohortReport Report)> PutCohortAsync(string name, Stream csv, bool mapped, CancellationToken cancellation)
    {
        using var content = new StreamContent(csv);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Put, Path("cohorts", name) + (mapped ? "?identifiers=mapped" : "")) { Content = content };
        using var response = await service.SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity
            && (await response.Content.ReadFromJsonAsync<CohortProblem>(RadiomicsJson.Options, cancellation))?.Report is { } report)
        {
            return (null, report);
        }

        var answer = await ServiceClient.ReadAsync<CohortAnswer>(response, cancellation);
        return (answer, answer.Report);
    }

    /// <summary>Asks for a retraining.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="key">Idempotency-Key; null: asking for the same again gives the same retraining.</param>
    public async Task<RetrainingStatus> RetrainAsync(RetrainingOrder order, string? key, CancellationToken cancellation)
    {
        using var request = Post(order, "retrainings");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await service.SendAsync(request, cancellation);
        return await ServiceClient.ReadAsync<RetrainingStatus>(response, cancellation);
    }

    /// <summary>Status of a retraining.</summary>
    public async Task<RetrainingStatus> GetAsync(string id, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("retrainings", id));
        using var response = await service.SendAsync(request, cancellation);
        return await ServiceClient.ReadAsync<RetrainingStatus>(response, cancellation);
    }

    /// <summary>Decides about a model that waits.</summary>
    /// <param name="id">The retraining.</param>
    /// <param name="decision">The body: approved, name, reason, fieldStrength, version.</param>
    public async Task<RetrainingStatus> DecideAsync(string id, object decision, CancellationToken cancellation)
    {
        using var request = Post(decision, "retrainings", id, "approval");
        using var response = await service.SendAsync(request, cancellation);
        return await ServiceClient.ReadAsync<RetrainingStatus>(response, cancellation);
    }

    /// <summary>The current model and those before it; null if there is none.</summary>
    public async Task<ModelHistory?> TryGetModelAsync(string fieldStrength, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("models", fieldStrength));
        using var response = await service.SendAsync(request, cancellation);
        return await IsModelNotFoundAsync(response, cancellation) ? null : await ServiceClient.ReadAsync<ModelHistory>(response, cancellation);
    }

    /// <summary>A model's card.</summary>
    public async Task<ModelCard> GetCardAsync(string fieldStrength, string version, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("models", fieldStrength, version, "card"));
        using var response = await service.SendAsync(request, cancellation);
        return await ServiceClient.ReadAsync<ModelCard>(response, cancellation);
    }

    /// <summary>Where a browser gets the card's page.</summary>
    public Uri CardUrl(string fieldStrength, string version) => new(service.BaseUrl, Path("models", fieldStrength, version, "card"));

    /// <summary>Puts an earlier model back.</summary>
    /// <param name="fieldStrength">Field strength.</param>
    /// <param name="rollback">The body: name, reason, version.</param>
    public async Task<PromotedModel> RollBackAsync(string fieldStrength, object rollback, CancellationToken cancellation)
    {
        using var request = Post(rollback, "models", fieldStrength, "rollback");
        using var response = await service.SendAsync(request, cancellation);
        return await ServiceClient.ReadAsync<PromotedModel>(response, cancellation);
    }

    private static async Task<bool> IsModelNotFoundAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        response.StatusCode == HttpStatusCode.NotFound && (await ServiceClient.ProblemAsync(response, cancellation)).Code == "ModelNotFound";

    private HttpRequestMessage Post(object body, params string[] parts) =>
        new(HttpMethod.Post, Path(parts)) { Content = new StringContent(JsonSerializer.Serialize(body, RadiomicsJson.Options), new MediaTypeHeaderValue("application/json")) };

    private string Path(params string[] parts) => $"api/centers/{string.Join('/', parts.Prepend(center).Select(Uri.EscapeDataString))}";

    private sealed record CohortProblem(CohortReport? Report);
}
