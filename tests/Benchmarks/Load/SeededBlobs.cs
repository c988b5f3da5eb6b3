using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;

namespace Benchmarks.Load;

/// <summary>
/// What thousands of studies would have left, made from what a few did: the same blobs under other ids, with a kilobyte at most, since nobody reads them. Names alone
/// are what listings grow by. What came into <c>incoming</c> ends in <c>.seen</c>, so that nobody is told of it.
/// </summary>
internal static partial class SeededBlobs
{
    private const int LargestContent = 1024;

    private static readonly string[] s_containers = ["incoming", "uploads", "studies", "features", "predictions"];

    /// <summary>Copies the blobs of the studies that are there until they are as many as wanted.</summary>
    /// <param name="storage">Where.</param>
    /// <param name="there">How many studies are there.</param>
    /// <param name="wanted">How many shall be.</param>
    public static async Task MakeAsync(CountedStorage storage, int there, int wanted)
    {
        foreach (var name in s_containers)
        {
            var container = storage.Own.GetBlobContainerClient(name);
            var templates = new List<(string Name, BinaryData Content)>();
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
            {
                var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
                templates.Add((blob.Name, BinaryData.FromBytes(content[..Math.Min(content.Length, LargestContent)])));
            }

            await Parallel.ForEachAsync(Enumerable.Range(0, wanted / there), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (copy, cancellation) =>
            {
                foreach (var (original, content) in templates)
                {
                    var other = Id().Replace(original, id => Other(id.Value, copy));
                    await container.GetBlobClient(name == "incoming" ? $"{other}-{copy}.seen" : other).UploadAsync(content, overwrite: true, cancellation);
                }
            });
        }
    }

    /// <summary>As long as it was, and of the same letters.</summary>
    private static string Other(string id, int copy)
    {
        var digest = SHA512.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{copy}/{id}")));
        return id.All(char.IsAsciiDigit) ? string.Concat(digest.Select(one => (char)('0' + (one % 10))))[..id.Length] : Convert.ToHexStringLower(digest)[..id.Length];
    }

    /// <summary>Digests, ids made of them, and what follows <c>2.25.</c> in a UID.</summary>
    [GeneratedRegex("[0-9a-f]{16,128}")]
    private static partial Regex Id();
}
