using System.Text.Json;

namespace Radiomics.Pipeline;

/// <summary>Compares the API keys of a center with what its trail says of them: nobody is let in by a key that nobody made, made different, or revoked.</summary>
internal sealed class KeyCheck(BlobStore store, string center, DateTimeOffset begun, Action<AuditBreak> found)
{
    private static readonly TimeSpan _young = TimeSpan.FromMinutes(2);

    // By id: the digest that the key must have, null in events of versions that wrote none; and whether it was revoked.
    private readonly Dictionary<string, (string? Digest, bool Revoked)> _keys = new(StringComparer.Ordinal);

    /// <summary>Whether a finding may come of a key that was being made just then.</summary>
    public bool MayPass { get; private set; }

    /// <summary>Told each line of the chain, in order.</summary>
    public void See(AuditLine line)
    {
        if (line.Subjects.TryGetValue("key", out var id))
        {
            switch (line.Action)
            {
                case "key-added":
                    _keys[id] = (line.Digests.GetValueOrDefault("key"), Revoked: false);
                    break;
                case "key-revoked":
                    _keys[id] = (_keys.GetValueOrDefault(id).Digest, Revoked: true);
                    break;
            }
        }
    }

    /// <summary>The centers that there are keys for.</summary>
    public static async Task<HashSet<string>> CentersAsync(BlobStore store, CancellationToken cancellation)
    {
        HashSet<string> centers = new(StringComparer.Ordinal);
        await foreach (var blob in store.ListAsync(Containers.Keys, "", cancellation).OrNoneAsync(cancellation))
        {
            if (await ReadAsync(store, blob.Name, cancellation) is { Center: { } center } && CenterProfiles.IsName(center))
            {
                centers.Add(center);
            }
        }

        return centers;
    }

    /// <summary>Reads all keys.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Keys, "", cancellation).OrNoneAsync(cancellation))
        {
            if (await ReadAsync(store, blob.Name, cancellation) is not { } record || record.Center != center)
            {
                continue;
            }

            (string? Digest, bool Revoked) known = default;
            var isKnown = record is { Id: not null, Rights: not null, Label: not null, Sha256: not null } && _keys.TryGetValue(record.Id, out known);
            if (!isKnown || blob.Name != $"{record.Id}.json")
            {
                Found(blob, AuditReasons.KeyUnknown);
            }
            else if ((known.Digest is { } digest && digest != record.ComputeDigest()) || (known.Revoked && record.Revoked is null))
            {
                Found(blob, AuditReasons.KeyChanged);
            }
        }
    }

    private void Found(FoundBlob blob, string reason)
    {
        MayPass |= blob.Written > begun - _young;
        found(new(blob.Name, 0, reason) { Container = Containers.Keys });
    }

    // What can't be read lets nobody in.
    private static async Task<ApiKeyRecord?> ReadAsync(BlobStore store, string name, CancellationToken cancellation)
    {
        try
        {
            return await store.TryReadJsonAsync<ApiKeyRecord>(Containers.Keys, name, cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
