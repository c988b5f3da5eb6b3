using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// The API keys of senders that can't do OAuth: made, listed and revoked here, each time with an event in the center's audit. A center may have several, so that
/// one is changed without a moment in which none is taken: add the next, let the sender use it, revoke the one before.
/// </summary>
public sealed class ApiKeyStore(BlobStore store, AuditTrail audit, TimeProvider clock)
{
    private const int MaxLabel = 100;

    /// <summary>Makes a key. The answer is the only place that ever has its secret.</summary>
    /// <param name="center">The center that it is for.</param>
    /// <param name="rights">What for; at least one.</param>
    /// <param name="label">Whose it is: a system's name.</param>
    /// <param name="lifetime">How long it is taken; null: until it is revoked.</param>
    /// <param name="actor">Who makes it, for the audit.</param>
    /// <exception cref="RadiomicsException"><c>ApiKeyInvalid</c>.</exception>
    public async Task<(ApiKey Key, ApiKeyRecord Record)> AddAsync(string center, IReadOnlyCollection<Right> rights, string label, TimeSpan? lifetime, string actor)
    {
        if (!CenterProfiles.IsName(center))
        {
            throw new RadiomicsException("ApiKeyInvalid", "A key is for one center, whose name has letters, digits, '-' and '_' only.");
        }

        if (rights.Count == 0 || lifetime <= TimeSpan.Zero || string.IsNullOrWhiteSpace(label) || label.Length > MaxLabel || label.Any(char.IsControl))
        {
            throw new RadiomicsException("ApiKeyInvalid", $"A key needs at least one right, a label on one line of at most {MaxLabel} characters that says which system has it, and, if it ends, a time to come.");
        }

        var key = ApiKey.Create();
        var now = clock.GetUtcNow().UtcDateTime;
        var record = new ApiKeyRecord
        {
            Id = key.Id,
            Center = center,
            Rights = [.. rights.Distinct().Order()],
            Label = label.Trim(),
            Sha256 = key.Sha256,
            Created = now,
            Expires = now + lifetime,
        };

        // Written down first: there is never a key that the audit doesn't know.
        await AppendAsync(record, "key-added", actor);
        return await store.WriteJsonOnceAsync(Containers.Keys, Name(key.Id), record)
            ? (key, record)
            : throw new InvalidDataException("The id of a new API key is taken.");
    }

    /// <summary>All keys, or those of a center, the oldest first; also those that are taken no longer.</summary>
    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? center, CancellationToken cancellation = default)
    {
        List<ApiKeyRecord> records = [];
        await foreach (var blob in store.ItemsAsync(Containers.Keys, "", cancellation))
        {
            if (await store.TryReadJsonAsync<ApiKeyRecord>(Containers.Keys, blob.Name, cancellation) is { } record && (center is null || record.Center == center))
            {
                records.Add(record);
            }
        }

        return [.. records.OrderBy(record => record.Created).ThenBy(record => record.Id, StringComparer.Ordinal)];
    }

    /// <summary>Revokes a key; again, it is as it was. The API refuses it within a minute.</summary>
    /// <exception cref="RadiomicsException"><c>ApiKeyNotFound</c>.</exception>
    public async Task<ApiKeyRecord> RevokeAsync(string id, string actor, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (!ApiKey.IsId(id) || await store.TryReadAsync(Containers.Keys, Name(id), cancellation) is not { } blob)
            {
                throw new RadiomicsException("ApiKeyNotFound", "There is no API key of this id; 'radiomics keys list' shows those that there are.");
            }

            var record = BlobStore.Parse<ApiKeyRecord>(blob.Content);
            if (record.Revoked is null)
            {
                record = record with { Revoked = clock.GetUtcNow().UtcDateTime };
                if (!await store.TryReplaceAsync(Containers.Keys, Name(id), BlobStore.Json(record), blob.Details.ETag, cancellation))
                {
                    continue;
                }
            }

            // Also for one that is revoked already: whoever revoked it may have died before this.
            await AppendAsync(record, "key-revoked", actor);
            return record;
        }
    }

    /// <summary>The record of a key's id; null if there is none.</summary>
    public Task<ApiKeyRecord?> TryGetAsync(string id, CancellationToken cancellation) => store.TryReadJsonAsync<ApiKeyRecord>(Containers.Keys, Name(id), cancellation);

    private static string Name(string id) => $"{id}.json";

    private Task AppendAsync(ApiKeyRecord record, string action, string actor) => audit.AppendAsync(new AuditEvent
    {
        Id = $"keys/{record.Id}/{action}",
        Center = record.Center,
        Actor = actor,
        Action = action,
        Subjects = new Dictionary<string, string> { ["key"] = record.Id, ["label"] = record.Label, ["rights"] = string.Join(' ', record.Rights) },
        Digests = new Dictionary<string, string> { ["key"] = record.ComputeDigest() },
    });
}
