using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>Retrainings over HTTP, as an integrator orders and follows them.</summary>
internal sealed class RetrainingDoor(App app)
{
    public async Task SendAsync(string center, string name, string csv)
    {
        var response = await app.Http.PutAsync($"/api/centers/{center}/cohorts/{name}", new StringContent(csv, Encoding.UTF8, "text/csv"));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PostAsync(string center, string order, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/centers/{center}/retrainings") { Content = Json(order) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<RetrainingStatus> StartAsync(string center, string order, string? key = null)
    {
        var response = await PostAsync(center, order, key);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var status = (await response.Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options))!;
        Assert.EndsWith($"/api/centers/{center}/retrainings/{status.Id}", response.Headers.Location!.ToString());
        return status;
    }

    public Task<HttpResponseMessage> DecideAsync(string center, string id, string decision) =>
        app.Http.PostAsync($"/api/centers/{center}/retrainings/{id}/approval", Json(decision));

    public async Task<PromotedModel?> TryCurrentAsync(string center, string fieldStrength)
    {
        var response = await app.Http.GetAsync($"/api/centers/{center}/models/{fieldStrength}");
        return response.StatusCode == HttpStatusCode.NotFound ? null : (await response.Content.ReadFromJsonAsync<ModelHistory>(RadiomicsJson.Options))!.Current;
    }

    public Task<RetrainingStatus> EndAsync(string center, string id) =>
        UntilAsync(center, id, status => status.Status is RetrainingState.Succeeded or RetrainingState.Failed);

    public async Task<RetrainingStatus> UntilAsync(string center, string id, Predicate<RetrainingStatus> condition)
    {
        RetrainingStatus? status = null;
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            status = (await app.Http.GetFromJsonAsync<RetrainingStatus>($"/api/centers/{center}/retrainings/{id}", RadiomicsJson.Options))!;
            if (condition(status))
                return status;
            Assert.False(status.Status == RetrainingState.Failed, status.Error?.ToString());
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The retraining {id} is still at {JsonSerializer.Serialize(status, RadiomicsJson.Options)}.");
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
