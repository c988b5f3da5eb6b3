using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

/// <summary>What is stored is read back against the digest that its reference carries.</summary>
public sealed class AlteredPartTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _center = Account.NewCenter();
    private readonly TemporaryStorage _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("another volume")]
    [InlineData("half of it")]
    [InlineData("more behind it")]
    [InlineData("a text")]
    public async Task A_volume_that_is_not_the_one_that_was_stored_is_not_read(string edit)
    {
        var (store, studies, manifest, _) = await StudyAsync();
        var stored = manifest.Sequences[0].Volume;
        Assert.NotEmpty((await studies.GetVolumeAsync(stored)).Voxels);
        var bytes = (await store.Blob(Containers.Studies, stored.Blob).DownloadContentAsync()).Value.Content.ToArray();
        await store.Blob(Containers.Studies, stored.Blob).UploadAsync(
            new BinaryData(edit switch
            {
                "another volume" => (await store.Blob(Containers.Studies, manifest.Sequences[1].Volume.Blob).DownloadContentAsync()).Value.Content.ToArray(),
                "half of it" => bytes[..(bytes.Length / 2)],
                "more behind it" => [.. bytes, 0],
                _ => "no volume"u8.ToArray(),
            }),
            overwrite: true);

        var altered = await Assert.ThrowsAsync<AlteredException>(() => studies.GetVolumeAsync(stored));
        Assert.Equal("StoredPartAltered", altered.Code);
        Assert.Contains(stored.Blob, altered.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_manifest_is_not_read_by_its_reference_nor_as_the_newest()
    {
        var (store, studies, manifest, reference) = await StudyAsync();
        Assert.Equal(reference, (await studies.TryGetNewestAsync(_center, manifest.StudyUid))!.Value.Reference);
        await store.PutAsync(Containers.Studies, reference.Blob, (await store.TextAsync(Containers.Studies, reference.Blob)).Replace("3.0T", "1.5T", StringComparison.Ordinal));

        await Assert.ThrowsAsync<AlteredException>(() => studies.GetManifestAsync(reference));
        await Assert.ThrowsAsync<AlteredException>(() => studies.TryGetNewestAsync(_center, manifest.StudyUid));
    }

    [Fact]
    public async Task Features_are_found_by_name_only_as_they_were_stored()
    {
        var store = await Account.StoreAsync(azurite);
        var features = new FeatureStore(store, new UidKey(new byte[32]));
        var name = $"{_center}/2.25.1/T1_F/f.json";
        var reference = await features.SaveAsync(name, Features("1"));
        Assert.Equal(reference, await features.TryFindAsync(name));
        var metadata = (await store.Blob(Containers.Features, name).GetPropertiesAsync()).Value.Metadata;

        var edited = new BinaryData((await store.TextAsync(Containers.Features, name)).Replace("2.25.1", "2.25.2", StringComparison.Ordinal));
        await store.Blob(Containers.Features, name).UploadAsync(edited, new BlobUploadOptions { Metadata = metadata });
        await Assert.ThrowsAsync<AlteredException>(() => features.TryFindAsync(name));
        await Assert.ThrowsAsync<AlteredException>(() => features.TryReadAsync(name));
        await Assert.ThrowsAsync<AlteredException>(() => features.SaveAsync(name, Features("1")));
        await Assert.ThrowsAsync<AlteredException>(() => features.GetAsync(reference));
    }

    [Fact]
    public async Task Features_without_a_seal_or_with_one_of_another_key_are_made_again()
    {
        var store = await Account.StoreAsync(azurite);
        var name = $"{_center}/2.25.1/T1_F/f.json";
        var earlier = await new FeatureStore(store, new UidKey(new byte[32])).SaveAsync(name, Features("1"));
        var features = new FeatureStore(store, new UidKey([1, .. new byte[31]]));
        Assert.False(await features.ExistsAsync(name));
        Assert.Null(await features.TryFindAsync(name));
        Assert.Equal(earlier, await features.SaveAsync(name, Features("1")));
        Assert.True(await features.ExistsAsync(name));

        await store.PutAsync(Containers.Features, name, "{}");
        Assert.Null(await features.TryReadAsync(name));
        Assert.Equal(earlier, await features.SaveAsync(name, Features("1")));
        Assert.Equal(earlier, await features.TryFindAsync(name));
    }

    [Theory]
    [InlineData(UploadKind.Zip)]
    [InlineData(UploadKind.Folder)]
    public async Task A_receipt_that_points_elsewhere_is_not_followed(UploadKind kind)
    {
        var store = await Account.StoreAsync(azurite);
        var uploads = new UploadStore(store);
        await store.PutAsync(Containers.Incoming, $"{_center}/{(kind == UploadKind.Zip ? "x.zip" : "x/1.dcm")}", "one");
        await store.PutAsync(Containers.Incoming, $"{_center}/x/_ready", "");
        var upload = (await new UploadDoor(store, uploads).ReceiveAsync(new UploadName(_center, kind == UploadKind.Zip ? "x.zip" : "x", kind)))!;
        Assert.Equivalent(upload, await uploads.GetAsync(upload.UploadId));

        foreach (var edited in new[]
        {
            upload with { Files = [upload.Files[0] with { Sha256 = Digest.Of(new BinaryData("two")) }] },
            upload with { Sha256 = Digest.Of(new BinaryData("two")), Files = [upload.Files[0] with { Sha256 = Digest.Of(new BinaryData("two")) }] },
            upload with { Center = "another" },
            upload with { Blob = $"{_center}/y.zip" },
        })
        {
            await store.Blob(Containers.Uploads, $"{upload.UploadId}.json").UploadAsync(BlobStore.Json(edited), overwrite: true);
            await Assert.ThrowsAsync<AlteredException>(() => uploads.GetAsync(upload.UploadId));
        }
    }

    [Fact]
    public async Task A_blob_that_is_not_what_its_sender_says_by_MD5_is_refused()
    {
        var store = await Account.StoreAsync(azurite);
        var blob = store.Container(Containers.Incoming).GetBlockBlobClient($"{_center}/x.zip");
        var id = Convert.ToBase64String("1"u8);
        await blob.StageBlockAsync(id, new MemoryStream("one"u8.ToArray()));
        await blob.CommitBlockListAsync([id], new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentHash = System.Security.Cryptography.MD5.HashData("two"u8) } });
        var upload = (await new UploadDoor(store, new UploadStore(store)).ReceiveAsync(new UploadName(_center, "x.zip", UploadKind.Zip)))!;

        var refusal = await Assert.ThrowsAsync<RadiomicsException>(() => new UploadReader(store, _temporary, new RadiomicsOptions()).OpenAsync(upload));
        Assert.Equal("DigestMismatch", refusal.Code);
    }

    private StoredFeatures Features(string study) => new()
    {
        Center = _center,
        StudyUid = $"2.25.{study}",
        Sequence = "T1_F",
        VolumeSha256 = "ab",
        RoiSha256 = "cd",
        Vector = new FeatureVector
        {
            Features = new SortedDictionary<string, double?> { ["stat_mean"] = 1 },
            Diagnostics = new SortedDictionary<string, double>(),
            Settings = new ExtractionSettings { Name = "test" },
            SettingsHash = "ef",
            EngineVersion = FeatureExtractor.EngineVersion,
        },
    };

    private async Task<(BlobStore Store, StudyStore Studies, StudyManifest Manifest, BlobReference Reference)> StudyAsync()
    {
        var store = await Account.StoreAsync(azurite);
        var settings = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 8, Seed = 1 }.WithSize(48, 24);
        using var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        using var source = new ZipStudySource(zip);
        var profile = new CenterProfiles(Account.ModelsFolder).Get("A");
        var study = StudyReader.Read(source, profile.Ingest, new UidKey(new byte[32]), new IngestRequest());
        var studies = new StudyStore(store, _temporary, new WorkingMemory(new RadiomicsOptions()));
        var (manifest, reference) = await studies.SaveAsync(_center, study);
        return (store, studies, manifest, reference);
    }
}
