using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests.DicomService;

/// <summary>The webhook as Event Grid meets it: handshakes, and what it takes and refuses.</summary>
[Collection(nameof(AppCollection))]
public sealed class DicomDoorTests(App app)
{
    private const string Address = "/api/dicom-events";

    [Fact]
    public async Task Event_grids_handshake_is_answered_with_its_code()
    {
        var handshake = DicomEventJson.EventGrid("", "", 0, "Microsoft.EventGrid.SubscriptionValidationEvent");
        handshake["data"] = new JsonObject { ["validationCode"] = "512d38b6", ["validationUrl"] = "https://rp-westeurope.eventgrid.azure.net:553/validate" };
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = Json(new JsonArray(handshake), "application/json") };
        request.Headers.Add("aeg-event-type", "SubscriptionValidation");

        var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"validationResponse":"512d38b6"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_handshake_of_cloud_events_is_answered_with_the_permission_to_send()
    {
        var request = new HttpRequestMessage(HttpMethod.Options, Address);
        request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");
        request.Headers.Add("WebHook-Request-Rate", "120");

        var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["eventgrid.azure.net"], response.Headers.GetValues("WebHook-Allowed-Origin"));
        Assert.Equal(["*"], response.Headers.GetValues("WebHook-Allowed-Rate"));
    }

    [Fact]
    public async Task A_handshake_that_does_not_say_from_where_is_a_problem() =>
        await IsProblemAsync(await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, Address)), "InvalidRequest");

    [Fact]
    public async Task A_body_that_is_no_delivery_is_a_problem() =>
        await IsProblemAsync(await app.Http.PostAsync(Address, new StringContent("{", Encoding.UTF8, "application/json")), "InvalidEvents");

    [Theory]
    [InlineData("elsewhere.dicom.azurehealthcareapis.com", null)]
    [InlineData(null, "AnotherPartition")]
    public async Task Events_of_a_foreign_service_or_partition_are_passed_over(string? host, string? partition)
    {
        var uid = $"1.2.{Random.Shared.NextInt64()}";
        var e = DicomEventJson.Cloud(host ?? app.Dicom.Host, uid, 1, partition: partition);

        var response = await app.Http.PostAsync(Address, Json(e, "application/cloudevents+json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var mapped = new Radiomics.Dicom.UidKey(App.UidKeyBytes).Map(uid);
        await foreach (var blob in app.Store.Container(Containers.Arrivals).GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, "", default))
            Assert.DoesNotContain(mapped, blob.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_events_beside_a_malformed_one_are_taken_all_the_same()
    {
        var uid = $"1.2.{Random.Shared.NextInt64()}";
        var bad = DicomEventJson.Cloud(app.Dicom.Host, "", 1);

        var response = await app.Http.PostAsync(Address, Json(new JsonArray(bad, DicomEventJson.Cloud(app.Dicom.Host, uid, 2)), "application/cloudevents-batch+json"));

        await IsProblemAsync(response, "InvalidEvents");
        Assert.NotNull(await app.Durable.GetInstanceAsync(ArrivalId.Of(app.Dicom.KeyOf(uid), 1)));
    }

    private static StringContent Json(JsonNode body, string mediaType) => new(body.ToJsonString(), Encoding.UTF8, mediaType);

    private static async Task IsProblemAsync(HttpResponseMessage response, string code)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, body.RootElement.GetProperty("code").GetString()));
    }
}
