using System.Text.Json.Nodes;
using Radiomics;
using Radiomics.Extraction;
using RadiomicsFunctions.DicomEvents;

namespace Functions.Tests.DicomService;

/// <summary>What is read of a delivery.</summary>
public sealed class EventDeliveryTests
{
    private const string Host = "w-d.dicom.azurehealthcareapis.com";

    private static readonly InstanceStored _stored = new(Host, "Microsoft.Default", "1.2.3");

    [Fact]
    public void One_event_of_cloud_events_is_read() => Assert.Equal([_stored], Parse(DicomEventJson.Cloud(Host, "1.2.3", 1)).Stored);

    [Fact]
    public void A_batch_of_cloud_events_is_read() =>
        Assert.Equal([_stored, _stored with { StudyUid = "1.2.4" }], Parse(new JsonArray(DicomEventJson.Cloud(Host, "1.2.3", 1), DicomEventJson.Cloud(Host, "1.2.4", 2))).Stored);

    [Fact]
    public void Events_of_event_grids_own_schema_are_read() =>
        Assert.Equal([_stored, _stored], Parse(new JsonArray(DicomEventJson.EventGrid(Host, "1.2.3", 1), DicomEventJson.EventGrid(Host, "1.2.3", 2))).Stored);

    [Fact]
    public void A_service_without_partitions_names_none() =>
        Assert.Equal([_stored with { Partition = null }], Parse(DicomEventJson.Cloud(Host, "1.2.3", 1, partition: null)).Stored);

    [Theory]
    [InlineData("Microsoft.HealthcareApis.DicomImageDeleted")]
    [InlineData("Microsoft.HealthcareApis.DicomImageUpdated")]
    [InlineData("Microsoft.HealthcareApis.FhirResourceCreated")]
    [InlineData("Somebody.Elses.Event")]
    public void Other_events_are_passed_over(string type)
    {
        var delivery = Parse(new JsonArray(DicomEventJson.Cloud(Host, "1.2.3", 1, type), DicomEventJson.Cloud(Host, "1.2.3", 2)));

        Assert.Equal([_stored], delivery.Stored);
        Assert.Equal(0, delivery.Malformed);
        Assert.Empty(Parse(new JsonArray(DicomEventJson.EventGrid(Host, "1.2.3", 1, type))).Stored);
    }

    [Fact]
    public void The_handshake_of_a_subscription_has_its_code()
    {
        var handshake = DicomEventJson.EventGrid("", "", 0, "Microsoft.EventGrid.SubscriptionValidationEvent");
        handshake["data"] = new JsonObject { ["validationCode"] = "the code", ["validationUrl"] = "https://rp-westeurope.eventgrid.azure.net:553/validate" };

        Assert.Equal("the code", Parse(new JsonArray(handshake)).ValidationCode);
    }

    [Theory]
    [InlineData("imageStudyInstanceUid", null)]
    [InlineData("imageStudyInstanceUid", "")]
    [InlineData("imageStudyInstanceUid", "1.2/../3")]
    [InlineData("imageStudyInstanceUid", "1.2.3\n")]
    [InlineData("imageStudyInstanceUid", "..")]
    [InlineData("imageStudyInstanceUid", "1.23456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData("serviceHostName", null)]
    [InlineData("serviceHostName", "")]
    public void An_event_that_names_no_service_or_no_study_is_counted_and_those_beside_it_are_read(string name, string? value)
    {
        var bad = DicomEventJson.Cloud(Host, "1.2.3", 1);
        bad["data"]![name] = value;

        var delivery = Parse(new JsonArray(bad, DicomEventJson.Cloud(Host, "1.2.3", 2)));

        Assert.Equal(1, delivery.Malformed);
        Assert.Equal([_stored], delivery.Stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[null]")]
    [InlineData("[7]")]
    [InlineData("{}")]
    [InlineData("[[]]")]
    [InlineData("{\"specversion\": 1}")]
    [InlineData("{\"specversion\": \"1.0\", \"type\": \"Microsoft.HealthcareApis.DicomImageCreated\"}")]
    [InlineData("[{\"id\": \"1\", \"eventType\": \"Microsoft.HealthcareApis.DicomImageCreated\", \"data\": 7}]")]
    [InlineData("[{\"id\": \"1\", \"subject\": \"s\", \"eventTime\": \"never\", \"dataVersion\": \"1\", \"eventType\": \"Microsoft.HealthcareApis.DicomImageCreated\", \"data\": {}}]")]
    public void What_is_no_delivery_is_refused_with_a_code(string body) =>
        Assert.Equal("InvalidEvents", Assert.Throws<RadiomicsException>(() => EventDelivery.Parse(BinaryData.FromString(body))).Code);

    [Theory]
    [InlineData("imageStudyInstanceUid")]
    [InlineData("serviceHostName")]
    [InlineData("partitionName")]
    public void Data_of_other_types_are_counted_as_malformed(string name)
    {
        foreach (var e in new[] { DicomEventJson.Cloud(Host, "1.2.3", 1), DicomEventJson.EventGrid(Host, "1.2.3", 1) })
        {
            e["data"]![name] = new JsonArray(1, 2);

            var delivery = Parse(e);

            Assert.Equal(1, delivery.Malformed);
            Assert.Empty(delivery.Stored);
        }
    }

    [Fact]
    public void An_empty_batch_says_nothing() => Assert.Empty(EventDelivery.Parse(BinaryData.FromString("[]")).Stored);

    private static EventDelivery Parse(JsonNode body) => EventDelivery.Parse(BinaryData.FromString(body.ToJsonString()));
}
