using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// All blobs of the product's that say the same whenever the same studies are sent. What is the same, name by name and byte by byte, as after an undisturbed run is whole, is what its
/// content-addressed name says, and is nothing besides.
/// </summary>
internal sealed record AccountContents(IReadOnlyDictionary<string, byte[]> Blobs)
{
    private static readonly string[] s_containers =
    [
        Containers.Incoming, Containers.Requests, Containers.Uploads, Containers.Studies, Containers.Features, Containers.Predictions, Containers.Models, Containers.Quarantine,
    ];

    public static async Task<AccountContents> ReadAsync(BlobServiceClient account)
    {
        var blobs = new Dictionary<string, byte[]>();
        foreach (var container in s_containers)
        {
            var client = account.GetBlobContainerClient(container);
            await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
            {
                var bytes = (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
                blobs[$"{container}/{blob.Name}"] = container == Containers.Uploads ? WithoutVersions(bytes) : bytes;
            }
        }

        return new AccountContents(blobs);
    }

    /// <summary>What differs from what there should be, a sentence a blob.</summary>
    public IEnumerable<string> DifferencesFrom(AccountContents expected)
    {
        foreach (var name in expected.Blobs.Keys.Union(Blobs.Keys).Order(StringComparer.Ordinal))
        {
            if (!Blobs.TryGetValue(name, out var bytes))
            {
                yield return $"{name} is missing.";
            }
            else if (!expected.Blobs.TryGetValue(name, out var other))
            {
                yield return $"{name} ({bytes.Length} bytes) is there and shouldn't be.";
            }
            else if (!bytes.AsSpan().SequenceEqual(other))
            {
                yield return $"{name} has {bytes.Length} bytes that aren't the {other.Length} of the undisturbed run.";
            }
        }
    }

    // Storage gives them out; no two runs have the same.
    private static byte[] WithoutVersions(byte[] json)
    {
        try
        {
            var record = JsonNode.Parse(json)!;
            foreach (var file in record["files"]?.AsArray() ?? [])
            {
                file!["eTag"] = "";
            }

            return Encoding.UTF8.GetBytes(record.ToJsonString());
        }
        catch (JsonException)
        {
            // Half a record, which is unlike any whole one.
            return json;
        }
    }
}
