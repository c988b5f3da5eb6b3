using System.Globalization;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Remembers of a prediction or retraining that its history or record was deleted (<c>uploads/purged/{id}.json</c>): if it is ever asked for again, it is another run, whose audit
/// events must not take the ids of the first.
/// </summary>
public sealed class PurgedInstances(BlobStore store, TimeProvider clock)
{
    private const string Folder = "purged/";
    private const string Erased = "erased/";

    /// <summary>Notes that an instance is about to be deleted.</summary>
    public Task MarkAsync(string id) => store.Blob(Containers.Uploads, Name(id)).UploadAsync(
        BlobStore.Json(new Mark(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))), overwrite: true);

    /// <summary>What tells the next run of an instance from those before it; empty for the first.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="ended">When the run before it ended, if its history is still there.</param>
    public async Task<string> NextRunAsync(string id, DateTimeOffset? ended) =>
        ended?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        ?? (await store.TryReadJsonAsync<Mark>(Containers.Uploads, Name(id)))?.Run
        ?? "";

    /// <summary>Notes that the history of an instance goes the next night, since its patient was erased (<c>uploads/erased/{id}</c>).</summary>
    public Task EraseAsync(string id) => store.Blob(Containers.Uploads, Erased + id).UploadAsync(
        new BinaryData(""), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain" } });

    /// <summary>The newest generation of a study of which the wait is noted so: its history would refuse events of a generation that isn't newer. 0 if there is none.</summary>
    internal static async Task<int> NewestErasedWaitAsync(BlobStore store, ArrivalKey study, CancellationToken cancellation)
    {
        var (newest, prefix) = (0, Erased + ArrivalId.PrefixOf(study));
        await foreach (var blob in store.ListAsync(Containers.Uploads, prefix, cancellation))
        {
            newest = Math.Max(newest, int.Parse(blob.Name[prefix.Length..], CultureInfo.InvariantCulture));
        }

        return newest;
    }

    /// <summary>Deletes the histories that were noted so; that of an instance at work waits for another night. Returns how many.</summary>
    internal async Task<int> DeleteErasedAsync(IHistories histories, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var blob in store.ListAsync(Containers.Uploads, Erased, cancellation))
        {
            // What was sent again after the erasure is predicted under the id that it had, and nobody has asked for that one to go. A wait that is started then has another id.
            var id = blob.Name[Erased.Length..];
            var isAnother = PredictionId.IsValid(id) && await histories.TryFindStartAsync(id, cancellation) > blob.Written;
            if (isAnother || await histories.DeleteAsync(id, cancellation))
            {
                await store.TryDeleteAsync(Containers.Uploads, blob, cancellation);
                count += isAnother ? 0 : 1;
            }
        }

        return count;
    }

    private static string Name(string id) => $"{Folder}{id}.json";

    private sealed record Mark(string Run);
}
