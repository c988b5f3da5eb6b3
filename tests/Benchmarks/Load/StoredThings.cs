using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues.Models;
using Radiomics.Pipeline;

namespace Benchmarks.Load;

/// <summary>What lies in a storage account: blobs of a container, messages of a queue, rows of a table.</summary>
/// <param name="Count">How many, by where they lie: <c>blobs of incoming</c>, <c>rows of RadiomicsHistory</c>.</param>
/// <param name="Bytes">Their bytes: content of blobs, rows as JSON. Messages aren't weighed.</param>
internal sealed record StoredThings(IReadOnlyDictionary<string, long> Count, IReadOnlyDictionary<string, long> Bytes)
{
    private static readonly string[] s_continuation = ["NextTableName", "NextPartitionKey", "NextRowKey"];

    /// <summary>Counts all of it.</summary>
    public static async Task<StoredThings> CountAsync(CountedStorage storage)
    {
        var (count, bytes) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new SortedDictionary<string, long>(StringComparer.Ordinal));
        await foreach (var container in storage.Own.GetBlobContainersAsync())
        {
            await foreach (var blob in storage.Own.GetBlobContainerClient(container.Name).GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
            {
                Add($"blobs of {container.Name}", 1, blob.Properties.ContentLength ?? 0);
            }
        }

        var queues = StorageClients.CreateQueues(storage.Emulator.ConnectionString);
        await foreach (var queue in queues.GetQueuesAsync(QueueTraits.None, null, default))
        {
            Add($"messages of {queue.Name}", (await queues.GetQueueClient(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount, 0);
        }

        foreach (var table in (await PagesAsync(storage, "Tables")).Select(row => row.GetProperty("TableName").GetString()!))
        {
            foreach (var row in await PagesAsync(storage, $"{table}()"))
            {
                Add($"rows of {table}", 1, row.GetRawText().Length);
            }
        }

        return new(count, bytes);

        void Add(string where, long things, long size)
        {
            count[where] = count.GetValueOrDefault(where) + things;
            bytes[where] = bytes.GetValueOrDefault(where) + size;
        }
    }

    /// <summary>What there is more of than before, for each of so many studies.</summary>
    public IReadOnlyDictionary<string, KeptThings> Since(StoredThings before, int studies) => Count
        .Select(here => (Where: here.Key, More: here.Value - before.Count.GetValueOrDefault(here.Key), Bytes: Bytes[here.Key] - before.Bytes.GetValueOrDefault(here.Key)))
        .Where(here => here.More != 0 || here.Bytes != 0)
        .ToDictionary(here => here.Where, here => new KeptThings(Math.Round((double)here.More / studies, 3), Math.Round((double)here.Bytes / studies, 1)));

    /// <summary>Rows of a table, by requests of our own: the product has no client of tables.</summary>
    private static async Task<List<JsonElement>> PagesAsync(CountedStorage storage, string resource)
    {
        var settings = storage.Emulator.ConnectionString.Split(';').Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => setting[1]);
        var (account, key) = (settings["AccountName"], Convert.FromBase64String(settings["AccountKey"]));
        using var http = new HttpClient();
        var rows = new List<JsonElement>();
        var next = "";
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{storage.Endpoints["table"]}/{resource}{next}");
            var date = DateTime.UtcNow.ToString("R");
            var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{date}\n/{account}/{account}/{resource}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("SharedKeyLite", $"{account}:{Convert.ToBase64String(signature)}");
            request.Headers.Add("x-ms-date", date);
            request.Headers.Add("x-ms-version", "2020-12-06");
            request.Headers.Add("Accept", "application/json;odata=nometadata");
            request.Headers.Add("User-Agent", "measuring");
            using var response = await http.SendAsync(request);
            var page = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).RootElement;
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = string.Join('&', s_continuation.Where(name => response.Headers.Contains($"x-ms-continuation-{name}"))
                .Select(name => $"{name}={Uri.EscapeDataString(response.Headers.GetValues($"x-ms-continuation-{name}").First())}"));
            next = next.Length > 0 ? $"?{next}" : "";
        }
        while (next.Length > 0);
        return rows;
    }
}

/// <summary>What a study leaves in one place.</summary>
/// <param name="Count">Blobs, messages or rows.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record KeptThings(double Count, double Bytes);
