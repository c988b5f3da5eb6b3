using Radiomics;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary>Event Grid's topics and subscriptions.</summary>
public sealed class EventTests(Templates templates)
{
    private const string Subscription = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

    private Resource Uploads => templates.Events.Named(Subscription, "/upload-arrived");

    private Resource Studies => templates.Events.Named(Subscription, "/post-dicom-events");

    [Fact]
    public void Topics_tell_of_the_data_account_and_the_workspace() =>
        Assert.Equal(
            [$"Microsoft.HealthcareApis.Workspaces", $"Microsoft.Storage.StorageAccounts"],
            templates.Prod.Of("Microsoft.EventGrid/systemTopics").Select(topic => (string)topic.Properties["topicType"]!).Order());

    [Fact]
    public void Uploads_come_to_the_Blobs_extension_under_its_key()
    {
        var url = (string)Uploads.Properties["destination"]!["properties"]!["endpointUrl"]!;

        Assert.Matches(@"^https://\{defaultHostName of [^}]+\}/runtime/webhooks/blobs\?functionName=Host\.Functions\.UploadArrived&code=\{systemKeys\.blobs_extension of [^}]+/host/default\}$", url);
        Assert.Equal("EventGridSchema", (string?)Uploads.Properties["eventDeliverySchema"]);
        Assert.Contains("[Function(nameof(UploadArrived))]", Code("UploadArrived"), StringComparison.Ordinal);
    }

    [Fact]
    public void DICOM_events_come_to_our_own_door_under_its_key()
    {
        var url = (string)Studies.Properties["destination"]!["properties"]!["endpointUrl"]!;

        Assert.Matches(@"^https://\{defaultHostName of [^}]+\}/api/dicom-events\?code=\{default of [^}]+/functions/PostDicomEvents\}$", url);
        Assert.Equal("CloudEventSchemaV1_0", (string?)Studies.Properties["eventDeliverySchema"]);
        Assert.Contains("Route = \"api/dicom-events\"", Code("PostDicomEvents"), StringComparison.Ordinal);
        Assert.Contains("[Function(nameof(PostDicomEvents))]", Code("PostDicomEvents"), StringComparison.Ordinal);
        Assert.Equal(["Microsoft.HealthcareApis.DicomImageCreated"], Studies.Properties["filter"]!["includedEventTypes"]!.AsArray().Select(type => (string?)type));
    }

    [Theory]
    [InlineData("incoming", "A/study.zip", true)]
    [InlineData("incoming", "A/Study.ZIP", true)]
    [InlineData("incoming", "A/folder/_ready", true)]
    [InlineData("incoming", "A/folder/1.dcm", false)]
    [InlineData("requests", "A/study.zip", false)]
    public void What_completes_an_upload_is_announced_and_nothing_else(string container, string blob, bool announced)
    {
        var filter = Uploads.Properties["filter"]!;
        var subject = $"/blobServices/default/containers/{container}/blobs/{blob}";
        var endings = Assert.Single(filter["advancedFilters"]!.AsArray())!;

        Assert.Equal("StringEndsWith", (string?)endings["operatorType"]);
        Assert.Equal("subject", (string?)endings["key"]);
        // Event Grid's filters don't look at case.
        Assert.Equal(
            announced,
            subject.StartsWith((string)filter["subjectBeginsWith"]!, StringComparison.OrdinalIgnoreCase)
            && endings["values"]!.AsArray().Any(ending => subject.EndsWith((string)ending!, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(announced, container == Containers.Incoming && UploadName.TryParse(blob) is not null);
    }

    [Fact]
    public void Dead_letters_are_written_by_identity_into_a_container_that_is_there()
    {
        foreach (var subscription in new[] { Uploads, Studies })
        {
            var letters = subscription.Properties["deadLetterWithResourceIdentity"]!;
            var destination = letters["deadLetterDestination"]!["properties"]!;
            var account = ((string)destination["resourceId"]!).Split('/')[^1];

            Assert.Null(subscription.Properties["deadLetterDestination"]);
            Assert.Equal(templates.Prod.HostStorage.Name, account);
            Assert.Contains(templates.Prod.Resources, r => r.Name == $"{account}/default/{destination["blobContainerName"]}");
            // The topic's own: past a firewall Event Grid comes as a trusted service, and as that under no other.
            Assert.Equal(["SystemAssigned"], letters["identity"]!.AsObject().Select(property => (string?)property.Value));
            var topic = templates.Prod.Of("Microsoft.EventGrid/systemTopics").Single(t => t.Name == subscription.Name.Split('/')[0]);
            Assert.Equal(["SystemAssigned"], topic.Json["identity"]!.AsObject().Select(property => (string?)property.Value));
        }

        // They come from outside the network, so the account must let trusted services in.
        Assert.Equal("AzureServices", (string?)templates.Prod.HostStorage.Properties["networkAcls"]!["bypass"]);
    }

    [Fact]
    public void DICOM_events_bring_Event_Grids_own_token_where_the_API_is_registered()
    {
        var ours = Studies.Properties["destination"]!["properties"]!;

        Assert.Equal($"{Guid.Empty}", (string?)ours["azureActiveDirectoryTenantId"]);
        Assert.Equal(templates.Prod.Settings["Radiomics__Auth__Audience"], (string?)ours["azureActiveDirectoryApplicationIdOrUri"]);
        Assert.Equal("AzureEventGridSecureWebhookSubscriber", templates.Prod.Settings["Radiomics__Auth__EventsRole"]);
        // The Blobs extension's webhook looks at no token: it has the key alone.
        Assert.DoesNotContain(Uploads.Properties["destination"]!["properties"]!.AsObject(), property => property.Key.StartsWith("azureActiveDirectory", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_registered_API_no_token_is_asked_for_and_none_is_brought()
    {
        var studies = templates.Deploy(Templates.SubscriptionsOf(templates.Dev)).Named(Subscription, "/post-dicom-events");

        Assert.DoesNotContain(studies.Properties["destination"]!["properties"]!.AsObject(), property => property.Key.StartsWith("azureActiveDirectory", StringComparison.Ordinal));
        Assert.DoesNotContain("Radiomics__Auth__EventsRole", templates.Dev.Settings.Keys);
    }

    [Fact]
    public void The_app_knows_the_DICOM_services_whose_events_come()
    {
        var workspace = templates.Prod.Of("Microsoft.HealthcareApis/workspaces").Single().Name;
        var services = templates.Prod.Of("Microsoft.HealthcareApis/workspaces/dicomservices").Select(s => $"https://{workspace}-{s.Name.Split('/')[1]}.dicom.azurehealthcareapis.com");

        Assert.Equal(services, templates.Prod.Settings.Where(s => s.Key.EndsWith("__Endpoint", StringComparison.Ordinal)).Select(s => s.Value));
    }

    [Fact]
    public void Without_DICOM_services_there_are_neither_workspace_nor_topic_nor_subscription()
    {
        var deployment = templates.Deploy(File.ReadAllText(templates.Path("dev.bicepparam")).Replace("dicom: true", "dicom: false", StringComparison.Ordinal));

        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.StartsWith("Microsoft.HealthcareApis", StringComparison.Ordinal));
        Assert.Single(deployment.Of("Microsoft.EventGrid/systemTopics"));
        Assert.Equal("", (string?)deployment.Outputs["deployed"]!["dicomTopicName"]);
        Assert.DoesNotContain(deployment.Settings.Keys, name => name.StartsWith("Radiomics__DicomServices", StringComparison.Ordinal));

        // Names are looked at even where a condition leaves a resource out.
        Assert.Matches(@"if\(empty\(parameters\('deployed'\)\.dicomTopicName\), 'none', parameters\('deployed'\)\.dicomTopicName\)", templates.Bicep("build", "subscriptions.bicep", "--stdout").Output);
    }

    private static string Code(string trigger) => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "Triggers", $"{trigger}.cs"));
}
