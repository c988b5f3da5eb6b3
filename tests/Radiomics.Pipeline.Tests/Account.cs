using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Radiomics.Pages;

namespace Radiomics.Pipeline.Tests;

/// <summary>The shared storage account, and names that no other test uses.</summary>
internal static class Account
{
    public static string ModelsFolder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The key of these tests' audit trails.</summary>
    public static LocalAuditKey AuditKey => TestAuditKey.Key;

    /// <summary>What makes pages.</summary>
    public static IDocumentPages Pages { get; } = new DocumentPages(new PageRenderer());

    /// <summary>What signs in their name, for who writes lines of one's own.</summary>
    public static async Task<AuditSession> SessionAsync(BlobStore store, IAuditKey? key = null, TimeProvider? clock = null) =>
        (await new AuditSigner(store, key ?? AuditKey, clock ?? TimeProvider.System).CurrentAsync(default)).Session;

    public static async Task<BlobStore> StoreAsync(AzuriteFixture azurite)
    {
        var store = new BlobStore(AuditGuard.Client(azurite.ConnectionString));
        await store.EnsureContainersAsync();
        return store;
    }

    /// <summary>The account as somebody has it who may do what the product mustn't.</summary>
    public static BlobStore Unguarded(AzuriteFixture azurite) => new(StorageClients.Create(azurite.ConnectionString));

    public static string NewCenter() => "c" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Makes the models folder of one center, which has the profile of center A.</summary>
    public static void WriteModels(DirectoryInfo folder, string center)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Path.Combine(ModelsFolder, "centers", "A.json")))!;
        profile["center"] = center;
        File.WriteAllText(Path.Combine(folder.CreateSubdirectory("centers").FullName, $"{center}.json"), profile.ToJsonString());
        foreach (var kind in (string[])["ingest", "settings"])
            File.Copy(Path.Combine(ModelsFolder, kind, "liver-mri.json"), Path.Combine(folder.CreateSubdirectory(kind).FullName, "liver-mri.json"));
    }

    public static Task PutAsync(this BlobStore store, string container, string name, string content) =>
        store.Blob(container, name).UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(content)), overwrite: true);

    public static async Task<string> TextAsync(this BlobStore store, string container, string name) =>
        (await store.Blob(container, name).DownloadContentAsync()).Value.Content.ToString();

    public static async Task<List<string>> NamesAsync(this BlobStore store, string container, string prefix)
    {
        List<string> names = [];
        await foreach (var blob in store.Container(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            names.Add(blob.Name);
        return names;
    }
}
