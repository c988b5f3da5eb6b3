using System.Collections.Concurrent;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Knows keys that were shown a moment ago without asking storage again. A revoked key is refused once its record here is too old.</summary>
public sealed class ApiKeyCache(ApiKeyStore keys, TimeProvider clock)
{
    /// <summary>How long a record is held.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    // Compared with where there is no key of an id, so that it takes as long as where there is one. No secret has this digest.
    private static readonly string s_nobodys = new('0', 64);

    // So many ids without a key are known to have none: who tries the same one again and again has storage asked no more often than for a key that there is.
    private const int MostUnknown = 4096;

    private readonly ConcurrentDictionary<string, (ApiKeyRecord Record, DateTimeOffset Read)> _records = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unknown = new(StringComparer.Ordinal);

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

    /// <summary>The record of an id's key, as long as it is valid; null if it isn't any more. Of somebody who has shown the key before.</summary>
    public async Task<ApiKeyRecord?> FindByIdAsync(string id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return ApiKey.IsId(id) && await RecordAsync(id, now, cancellation) is { } record && record.IsValid(now) ? record : null;
    }

    private async Task<ApiKeyRecord?> RecordAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_records.TryGetValue(id, out var held) && now - held.Read < Lifetime)
        {
            return held.Record;
        }

        if (_unknown.TryGetValue(id, out var asked) && now - asked < Lifetime)
        {
            return null;
        }

        var record = await keys.TryGetAsync(id, cancellation);
        if (record is not null)
        {
            _records[id] = (record, now);
        }
        else
        {
            RememberUnknown(id, now);
        }

        return record;
    }

    // Guessed ids fill no memory.
    private void RememberUnknown(string id, DateTimeOffset now)
    {
        if (_unknown.Count >= MostUnknown)
        {
            foreach (var (old, asked) in _unknown)
            {
                if (now - asked >= Lifetime)
                {
                    _unknown.TryRemove(old, out _);
                }
            }
        }

        if (_unknown.Count < MostUnknown)
        {
            _unknown[id] = now;
        }
    }
}
