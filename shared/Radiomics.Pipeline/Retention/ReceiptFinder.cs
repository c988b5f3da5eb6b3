using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>
/// Finds receipts, pointers to them, by name or content, and claims of Idempotency-Keys that have outlived what they are of. Each has to be read to know, so that a run reads some of them and the next goes on
/// after those (<c>uploads/retention/receipts.json</c>).
/// </summary>
internal sealed class ReceiptFinder(BlobStore store, TolerantReader reader, CenterProfiles profiles, RetentionOptions options, IHistories histories, TimeLimit limit, DateTimeOffset now)
{
    private const string PlaceBlob = "retention/receipts.json";

    private readonly Place _start = new("");
    private Place? _reached;

    /// <summary>Those that are over, from where the last run stopped.</summary>
    public async IAsyncEnumerable<ExpiredThing> FindAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!options.Periods.Any(periods => periods.Uploads > 0))
        {
            yield break;
        }

        var shortest = options.Periods.Select(periods => periods.Uploads).Where(days => days > 0).Min();
        var from = (await reader.TryReadAsync<Place>(Containers.Uploads, PlaceBlob, cancellation)).Value ?? _start;
        var read = 0;
        await foreach (var blob in store.ListAsync(Containers.Uploads, "", cancellation))
        {
            if (string.CompareOrdinal(blob.Name, from.After) <= 0 || !IsOver(shortest, blob) || !IsKnown(blob.Name))
            {
                continue;
            }

            if (limit.Stops() || read++ == options.MaxReceipts)
            {
                yield break;
            }

            _reached = new(blob.Name);
            if (await OfAsync(blob, cancellation) is { } thing)
            {
                yield return thing;
            }
        }

        _reached = _start;
    }

    /// <summary>Notes where the next run goes on.</summary>
    public async Task SaveAsync(CancellationToken cancellation)
    {
        if (_reached is { } reached)
        {
            await store.Blob(Containers.Uploads, PlaceBlob).UploadAsync(BlobStore.Json(reached), overwrite: true, cancellation);
        }
    }

    private static bool IsKnown(string blob) => UploadStore.IdOf(blob) is not null || UploadStore.IsByName(blob) || ContentClaims.IsClaim(blob) || IdempotencyKeys.IsClaim(blob);

    private Task<ExpiredThing?> OfAsync(FoundBlob blob, CancellationToken cancellation) =>
        UploadStore.IdOf(blob.Name) is { } id ? ReceiptAsync(id, blob, cancellation)
        : IdempotencyKeys.IsClaim(blob.Name) ? ClaimAsync(blob, cancellation)
        : PointerAsync(blob, cancellation);

    // A receipt stays as long as what it is of: it says whose that is.
    private async Task<ExpiredThing?> ReceiptAsync(string id, FoundBlob blob, CancellationToken cancellation) =>
        (await reader.TryReadAsync<UploadRecord>(Containers.Uploads, blob.Name, cancellation)).Value is { } record
        && IsOver(options.Of(record.Center).Uploads, blob)
        && !await AnyAsync(record.Container, record.Blob, cancellation)
            ? Thing(profiles.AreaOf(record.Center), id, blob, [id, .. record.BodyId is { } body ? new[] { body } : []])
            : null;

    // What a name or content stands for goes after its receipt.
    private async Task<ExpiredThing?> PointerAsync(FoundBlob blob, CancellationToken cancellation) =>
        (await reader.TryReadAsync<UploadPointer>(Containers.Uploads, blob.Name, cancellation)).Value is { UploadId: { } target } pointer
        && IsOver(pointer.Center is { } center ? options.Of(center).Uploads : options.Days.Uploads, blob)
        && !await AnyAsync(Containers.Uploads, $"{target}.json", cancellation)
            ? Thing(pointer.Center is { } of ? profiles.AreaOf(of) : Containers.System, target, blob, target)
            : null;

    // A key that were forgotten while there is what was made under it would give that to whoever comes with another body. Of an old claim nothing tells what that is.
    private async Task<ExpiredThing?> ClaimAsync(FoundBlob blob, CancellationToken cancellation) =>
        (await reader.TryReadAsync<KeyClaim>(Containers.Uploads, blob.Name, cancellation)).Value is { Center: { } center, Made: { } made } claim
        && IsOver(options.Of(center).Uploads, blob)
        && !await AnyAsync(Containers.Predictions, PredictionStore.RecordName(center, made), cancellation)
        && !await AnyAsync(Containers.Models, RetrainingBlobs.FolderName(center, made), cancellation)
        && await histories.TryFindStartAsync(made, cancellation) is null
            ? Thing(profiles.AreaOf(center), made, blob, claim.UploadId, made)
            : null;

    private ValueTask<bool> AnyAsync(string container, string prefix, CancellationToken cancellation) => store.ListAsync(container, prefix, cancellation).AnyAsync(cancellation);

    private bool IsOver(int? days, FoundBlob blob) => days is > 0 && blob.Written < now.AddDays(-days.Value);

    private static ExpiredThing Thing(string area, string id, FoundBlob blob, params string[] related) =>
        new() { Period = nameof(RetentionPeriods.Uploads), Area = area, Id = id, Container = Containers.Uploads, Blobs = [blob], Related = related };

    private sealed record Place(string After);
}
