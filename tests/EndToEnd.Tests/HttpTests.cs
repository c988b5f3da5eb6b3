using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics.Cli;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>The integrator's door.</summary>
public sealed class HttpTests(Service service)
{
    [Fact]
    public async Task A_posted_zip_is_accepted_with_a_location_that_leads_to_its_prediction()
    {
        using var response = await PostZipAsync((await Study.PhantomAsync(seed: 101)).Zip());

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = response.Headers.Location!.ToString().Split('/')[^1];
        var status = await service.FinishedAsync("A", id);
        Assert.Equal(PredictionState.Succeeded, status.Status);
        using var byLocation = await service.Http.GetAsync(new Uri(service.BaseUrl, response.Headers.Location));
        Assert.Equal(HttpStatusCode.OK, byLocation.StatusCode);
    }

    [Fact]
    public async Task A_named_blob_gets_the_id_that_the_trigger_gives_it()
    {
        var zip = (await Study.PhantomAsync(seed: 102)).Zip();
        var id = await service.UploadAsync("A", "named.zip", zip);

        using var response = await PostNameAsync("A/named.zip", null);
        using var withKey = await PostNameAsync("A/named.zip", "order-102");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.EndsWith("/" + id, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("/" + id, withKey.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("A", id)).Status);
    }

    [Fact]
    public async Task The_tool_uploads_where_the_service_says_and_knows_what_is_there_already()
    {
        var folder = Directory.CreateTempSubdirectory("radiomics-e2e-submit-");
        var path = Path.Combine(folder.FullName, "study.zip");
        await File.WriteAllBytesAsync(path, (await Study.PhantomAsync(seed: 107)).Zip());
        var first = await SubmitAsync(path);
        var version = (await service.Incoming.GetBlobClient("A/from-afar.zip").GetPropertiesAsync()).Value.ETag;
        var again = await SubmitAsync(path);
        folder.Delete(recursive: true);

        Assert.Equal("succeeded", first.GetProperty("status").GetString());
        Assert.Equal(Service.IdOf("A", "from-afar.zip", (await service.Incoming.GetBlobClient("A/from-afar.zip").DownloadContentAsync()).Value.Content.ToArray()), first.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(version, (await service.Incoming.GetBlobClient("A/from-afar.zip").GetPropertiesAsync()).Value.ETag);
    }

    [Fact]
    public async Task An_idempotency_key_stands_for_one_body_of_one_center()
    {
        var zip = (await Study.PhantomAsync(seed: 103)).Zip();
        var other = (await Study.PhantomAsync(seed: 104)).Zip();

        using var first = await PostZipAsync(zip, "order-4711");
        using var again = await PostZipAsync(zip, "order-4711");
        using var reused = await PostZipAsync(other, "order-4711");
        using var elsewhere = await PostZipAsync(zip, "order-4711", "B");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        await AssertProblemAsync(reused, HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused");
        Assert.Equal(HttpStatusCode.Accepted, elsewhere.StatusCode);
        Assert.NotEqual(first.Headers.Location, elsewhere.Headers.Location);
    }

    [Fact]
    public async Task Twenty_identical_requests_at_once_make_one_prediction()
    {
        var zip = (await Study.PhantomAsync(seed: 105)).Zip();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostZipAsync(zip)));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        var location = Assert.Single(responses.Select(response => response.Headers.Location!.ToString().Split('/')[^1]).Distinct());
        Assert.Equal(PredictionState.Succeeded, (await service.FinishedAsync("A", location)).Status);
        Assert.Single(await service.AuditAsync("A"), e => e.ToString().Contains(location, StringComparison.Ordinal) && e.GetProperty("action").GetString()!.Contains("publish", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_prediction_can_be_read_after_its_history_is_purged()
    {
        var good = await service.PredictAsync("A", "purged.zip", (await Study.PhantomAsync(seed: 106)).Zip());
        var bad = await service.PredictAsync("A", "purged-bad.zip", [1, 2, 3]);
        foreach (var status in new[] { good, bad })
        {
            using var purge = await service.Http.DeleteAsync(new Uri(service.BaseUrl, $"runtime/webhooks/durabletask/instances/{status.Id}"));
            Assert.True(purge.IsSuccessStatusCode, $"purge: {purge.StatusCode}");
            using var gone = await service.Http.GetAsync(new Uri(service.BaseUrl, $"runtime/webhooks/durabletask/instances/{status.Id}"));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        Assert.Equal(JsonSerializer.Serialize(good, RadiomicsJson.Options), JsonSerializer.Serialize(await service.StatusAsync("A", good.Id), RadiomicsJson.Options));
        Assert.Equal("NotAZip", (await service.StatusAsync("A", bad.Id))!.Error!.Code);
    }

    [Fact]
    public async Task What_the_door_cannot_take_is_told_as_a_problem_with_a_code()
    {
        using var unknown = await service.Http.GetAsync(new Uri(service.BaseUrl, "api/centers/A/predictions/p-00000000000000000000000000000000"));
        using var blob = await service.Http.PostAsJsonAsync(new Uri(service.BaseUrl, "api/centers/A/predictions"), new { blob = "A/there-is-none.zip" });
        using var text = await service.Http.PostAsync(new Uri(service.BaseUrl, "api/centers/A/predictions"), new StringContent("hello"));
        using var center = await PostZipAsync([1, 2, 3], center: "Nowhere");

        await AssertProblemAsync(unknown, HttpStatusCode.NotFound, "PredictionNotFound");
        await AssertProblemAsync(blob, HttpStatusCode.NotFound, "BlobNotFound");
        await AssertProblemAsync(text, HttpStatusCode.UnsupportedMediaType, null);
        await AssertProblemAsync(center, HttpStatusCode.NotFound, "UnknownCenter");
    }

    [Fact]
    public async Task Health_says_that_it_can_work()
    {
        var health = await service.Http.GetFromJsonAsync<JsonElement>(new Uri(service.BaseUrl, "api/health"));

        Assert.Equal("healthy", health.GetProperty("status").GetString());
    }

    private async Task<JsonElement> SubmitAsync(string path)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        string[] arguments = ["submit", path, "--center", "A", "--name", "from-afar", "--url", service.BaseUrl.ToString(), "--json"];
        var exitCode = await RadiomicsTool.RunAsync(arguments, output, error, _ => null, CancellationToken.None);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {error}");
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private async Task<HttpResponseMessage> PostNameAsync(string blob, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.BaseUrl, "api/centers/A/predictions")) { Content = JsonContent.Create(new { blob }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await service.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PostZipAsync(byte[] zip, string? key = null, string center = "A")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.BaseUrl, $"api/centers/{center}/predictions")) { Content = new ByteArrayContent(zip) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await service.Http.SendAsync(request);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string? code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        var actual = problem.GetProperty("code").GetString();
        Assert.False(string.IsNullOrEmpty(actual));
        Assert.Equal(code ?? actual, actual);
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
    }
}
