using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

/// <summary><c>radiomics patient</c>, <c>retention</c> and <c>uid-key</c>.</summary>
public sealed class KeepingTests(AzuriteFixture azurite)
{
    private static readonly byte[] s_secret = new byte[32];

    private readonly string _center = $"c{Guid.NewGuid():N}"[..13];

    private readonly Dictionary<string, string> _environment = new()
    {
        ["RadiomicsStorage"] = azurite.ConnectionString,
        ["Radiomics__UidKey"] = Convert.ToBase64String(s_secret),
        ["RADIOMICS_BACKUP_PASSPHRASE"] = "correct horse battery",
    };

    [Fact]
    public async Task A_patient_is_shown_then_erased_then_unknown()
    {
        var store = (await azurite.AccountAsync()).Store;
        var study = new UidKey(s_secret).Map("1.2.840.1");
        var manifest = new StudyManifest
        {
            StudyUid = study,
            Patient = new UidKey(s_secret).MapPatient(_center, "MRN-1"),
            FieldStrength = "3.0T",
            MagneticFieldStrength = 3,
            Sequences = [],
            Warnings = [],
        };
        await store.WriteJsonOnceAsync(Containers.Studies, $"{_center}/{study}/c0/manifest.json", manifest);

        var shown = await EraseAsync("MRN-1", "--dry-run");
        Assert.Equal((0, false, 1), (shown.ExitCode, shown.Json.GetProperty("erased").GetBoolean(), shown.Json.GetProperty("found").GetProperty("blobs").GetProperty("studies").GetInt32()));
        Assert.True(await store.Blob(Containers.Studies, $"{_center}/{study}/c0/manifest.json").ExistsAsync());

        var erased = await EraseAsync("mrn-1");
        Assert.Equal((0, true), (erased.ExitCode, erased.Json.GetProperty("erased").GetBoolean()));
        Assert.False(await store.Blob(Containers.Studies, $"{_center}/{study}/c0/manifest.json").ExistsAsync());
        Assert.DoesNotContain("MRN", erased.Output + erased.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("PatientUnknown", (await EraseAsync("MRN-1")).Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_sent_is_read_under_the_limits_of_the_service_and_messages_about_it_are_counted_and_deleted()
    {
        var store = (await azurite.AccountAsync()).Store;
        var phantom = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = 1, PatientID = "MRN-1" }.WithSize(40, 24);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(phantom), phantom, zip);
        await store.EnsureContainersAsync();
        await store.Blob(Containers.Incoming, $"{_center}/x.zip").UploadAsync(new BinaryData(zip.ToArray()));
        var queue = StorageClients.CreateQueues(azurite.ConnectionString).GetQueueClient(PoisonMessages.Queue);
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync($$"""{"ContainerName":"incoming","BlobName":"{{_center}}/x.zip"}""");
        using var folder = new TemporaryFolder();
        var file = folder.File("local.settings.json");
        await File.WriteAllTextAsync(file, """{"Values":{"Radiomics__Archive__MaxEntries":"1"}}""");

        var unread = await EraseAsync("MRN-1", "--dry-run", "--settings", file);
        Assert.Equal("PatientUnknown", unread.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("1 uploads can", unread.Output, StringComparison.Ordinal);
        _environment["Radiomics__Archive__MaxEntries"] = "0";
        Assert.Equal("SettingsUnreadable", (await EraseAsync("MRN-1", "--settings", file)).Json.GetProperty("error").GetProperty("code").GetString());
        _environment["Radiomics__Archive__MaxEntries"] = "20000";
        var shown = await EraseAsync("MRN-1", "--dry-run", "--settings", file);
        Assert.Equal(1, shown.Json.GetProperty("found").GetProperty("blobs").GetProperty("incoming").GetInt32());
        Assert.Equal(1, shown.Json.GetProperty("undelivered").GetProperty("messages").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shown.Json.GetProperty("undelivered").GetProperty("deadLetters").ValueKind);

        Assert.Equal(1, (await EraseAsync("MRN-1")).Json.GetProperty("undelivered").GetProperty("messages").GetInt32());
        Assert.DoesNotContain((await queue.PeekMessagesAsync(32)).Value, message => message.Body.ToString().Contains(_center, StringComparison.Ordinal));
        Assert.False(await store.Blob(Containers.Incoming, $"{_center}/x.zip").ExistsAsync());
    }

    [Fact]
    public async Task A_hold_is_placed_listed_and_released()
    {
        var store = (await azurite.AccountAsync()).Store;
        await store.WriteOnceAsync(Containers.Studies, $"{_center}/2.25.4711/c0/T1_F.nii.gz", new BinaryData("volume"));
        string[] decision = ["--center", _center, "--name", "Dr. A", "--reason", "a lawsuit", "--json"];
        var mistyped = await CommandLine.RunAsync(_environment, ["retention", "hold", "2.25.4711", .. decision[2..], "--center", _center.ToUpperInvariant()]);
        var unknown = await CommandLine.RunAsync(_environment, ["retention", "hold", "2.25.4712", .. decision]);
        var held = await CommandLine.RunAsync(_environment, ["retention", "hold", "2.25.4711", .. decision]);
        var listed = await CommandLine.RunAsync(_environment, "retention", "list", "--center", _center);
        var released = await CommandLine.RunAsync(_environment, ["retention", "release", "2.25.4711", .. decision]);
        var again = await CommandLine.RunAsync(_environment, ["retention", "release", "2.25.4711", .. decision]);

        Assert.Equal((3, "UnknownCenter"), (mistyped.ExitCode, mistyped.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((3, "UnknownCenter"), (unknown.ExitCode, unknown.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("2.25.4711", held.Json.GetProperty("holds")[0].GetProperty("thing").GetProperty("id").GetString());
        Assert.Contains("study 2.25.4711", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, released.Json.GetProperty("holds").GetArrayLength());
        Assert.Equal((3, "NotHeld"), (again.ExitCode, again.Json.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_key_that_was_saved_can_be_had_back()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("uid-key.json");

        var saved = await CommandLine.RunAsync(_environment, "uid-key", "backup", file, "--json");
        var restored = await CommandLine.RunAsync(new Dictionary<string, string> { ["RADIOMICS_BACKUP_PASSPHRASE"] = "correct horse battery" }, "uid-key", "restore", file);
        var twice = await CommandLine.RunAsync(_environment, "uid-key", "backup", file, "--json");

        Assert.Equal(new UidKey(s_secret).Fingerprint, saved.Json.GetProperty("fingerprint").GetString());
        Assert.Equal(Convert.ToBase64String(s_secret), restored.Output.Trim());
        Assert.Equal("OutputExists", twice.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private Task<CommandLine> EraseAsync(string patient, params string[] more) => CommandLine.RunAsync(
        _environment, ["patient", "erase", "--center", _center, "--id", patient, "--name", "Dr. A", "--reason", "asked by the patient", "--json", .. more]);
}
