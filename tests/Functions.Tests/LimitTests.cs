using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests;

/// <summary>The limits that an operator sets, in an app of its own each.</summary>
public sealed class LimitTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("MaxEntries", "20000", null)]
    [InlineData("MaxEntries", "3", "ArchiveTooLarge")]
    [InlineData("MaxTotalBytes", "20000", "ArchiveTooLarge")]
    [InlineData("MaxEntryBytes", "512", "ArchiveTooLarge")]
    public async Task A_study_above_a_limit_of_the_settings_is_refused(string limit, string value, string? code)
    {
        await using var app = Services(new() { [$"Radiomics:Archive:{limit}"] = value });
        var upload = await ReceiveAsync(app, await PhantomStudy.ZipAsync("3.0T", seed: 41));
        var id = PredictionId.OfUpload(Guid.NewGuid().ToString());
        var request = new PredictionRequest { Id = id, UploadId = upload.UploadId, Center = "A", Actor = "test" };

        var activities = ActivatorUtilities.CreateInstance<PredictStudyActivities>(app);
        var plan = await activities.PlanPrediction(request);
        var study = await activities.IngestStudy(new IngestInput(request, plan.ValueOrThrow()));
        Assert.Equal(code, study.Error?.Code);
    }

    private ServiceProvider Services(Dictionary<string, string?> settings)
    {
        settings["RadiomicsStorage"] = azurite.ConnectionString;
        settings["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes);
        settings["Radiomics:Audit:KeyFile"] = TestAuditKey.File;
        return new ServiceCollection()
            .AddLogging()
            .AddApp(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    private static async Task<UploadRecord> ReceiveAsync(ServiceProvider app, byte[] zip)
    {
        using var folder = app.GetRequiredService<TemporaryStorage>().NewFolder();
        var file = folder.File("study.zip");
        await File.WriteAllBytesAsync(file.FullName, zip);
        return await app.GetRequiredService<UploadDoor>().ReceiveAsync("A", file, Digest.Of(new BinaryData(zip)));
    }
}
