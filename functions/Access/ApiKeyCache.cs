using System.Collections.Concurrent;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Knows keys that were shown a moment ago without asking storage again. A revoked key is refused once its record here is too old.</summary>
internal sealed class ApiKeyCache(ApiKeyStore keys, TimeProvider clock)
{
    /// <summary>How long a record is held.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    // Compared with where there is no key of an id, so that it takes as long as where there is one. No secret has this digest.
    private static readonly string s_nobodys = new('0', 64);

    private readonly ConcurrentDictionary<string, (ApiKeyRecord Record, DateTimeOffset Read)> _records = new(StringComparer.Ordinal);

    /// <summary>The record of a key that is valid now; null if there is none.</summary>
    public async Task<ApiKeyRecord?> FindAsync(string text, CancellationToken cancellation)
    {
        if (ApiKey.TryParse(text) is not { } key)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var record = await RecordAsync(key.Id, now, cancellation);
        return key.Has(record?.Sha256 ?? s_nobodys) && record is not null && record.IsValid(now) ? record : null;
    }

    // Only records that are there are held: guessed ids fill no memory.
    private async Task<ApiKeyRecord?> RecordAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_records.TryGetValue(id, out var held) && now - held.Read < Lifetime)
        {
            return held.Record;
        }

        var record = await keys.TryGetAsync(id, cancellation);
        if (record is not null)
        {
            _records[id] = (record, now);
        }

        return record;
    }
}
