using System.Text;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests;

/// <summary>What the nightly function does to real histories, and what the app does under the audit trail's policy.</summary>
[Collection(nameof(AppCollection))]
public sealed class RetentionTests(App app, AzuriteFixture azurite)
{
    [Fact]
    public async Task A_prediction_that_has_expired_is_gone_with_its_history_and_can_be_asked_for_again()
    {
        var zip = Encoding.UTF8.GetBytes("no zip, expired");
        var id = (await app.PostZipAsync("research", zip)).Id;
        await app.EndAsync("research", id);
        await app.Hub.EndAsync(id);

        var clock = new LaterClock { Days = 400 };
        await PurgeAsync(clock);
        Assert.Equal("NotAZip", (await app.EndAsync("research", id)).Error!.Code);
        clock.Days++;
        await PurgeAsync(clock);

        Assert.Null(await app.Hub.FindAsync(id));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync($"/api/centers/research/predictions/{id}")).StatusCode);
        Assert.Contains("expired-deleted", await app.ActionsAsync("research", "period", "Predictions"));
        Assert.Equal(id, (await app.PostZipAsync("research", zip)).Id);
        Assert.Equal("NotAZip", (await app.EndAsync("research", id)).Error!.Code);
        Assert.Equal(2, (await app.ActionsAsync("research", "prediction", id)).Count(action => action == "prediction-failed"));
        Assert.True((await app.Audit.VerifyAsync("research")).Intact);
    }

    [Fact]
    public async Task The_container_of_the_chains_is_only_ever_appended_to()
    {
        var before = app.Account.Appended;
        await app.EndAsync("A", (await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"))).Id);

        Assert.True(app.Account.Appended > before, "The app doesn't write its audit trail by way of the guard.");
        Assert.Empty(app.Account.Refused);

        // The guard refuses what it must.
        var client = new BlobServiceClient(app.Account.ConnectionString, new BlobClientOptions(StorageClients.Version)).GetBlobContainerClient(Containers.Audit);
        var refused = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => client.GetBlobClient("A/first.json").SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.Equal((409, "BlobImmutableDueToPolicy"), (refused.Status, refused.ErrorCode));
        Assert.True(app.Account.Refused.TryDequeue(out _));

        // And of the anchors, to which nothing is even appended.
        var anchors = new BlobServiceClient(app.Account.ConnectionString, new BlobClientOptions(StorageClients.Version)).GetBlobContainerClient(Containers.AuditAnchors);
        var anchor = await app.FirstNameAsync(Containers.AuditAnchors, "A/");
        var overwritten = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => anchors.GetBlobClient(anchor).UploadAsync(new BinaryData("x"), overwrite: true));
        Assert.Equal((409, "BlobImmutableDueToPolicy"), (overwritten.Status, overwritten.ErrorCode));
        Assert.True(app.Account.Refused.TryDequeue(out _));
    }

    [Fact]
    public Task The_host_runs_the_nightly_function() => app.LogAsync(1, $"{nameof(PurgeExpired)}: timerTrigger 0 30 2 * * *");

    private async Task PurgeAsync(TimeProvider clock)
    {
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = azurite.ConnectionString,
            ["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
            ["Radiomics:Retention:Delete"] = "true",
            ["Radiomics:Retention:Centers:research:Predictions"] = "365",
            ["Radiomics:Retention:Centers:research:Histories"] = "365",
        };
        await using var services = new ServiceCollection().AddSingleton(clock).AddLogging()
            .AddApp(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        await new PurgeExpired(services.GetRequiredService<Retention>(), NullLogger<PurgeExpired>.Instance).Run(new TimerInfo(), app.Durable, TestContext.Current.CancellationToken);
    }

    private sealed class LaterClock : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(Days);
    }
}
