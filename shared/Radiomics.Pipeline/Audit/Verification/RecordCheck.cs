using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Radiomics.Pipeline;

/// <summary>
/// Compares the prediction records of a center with what its trail says of them, both ways: no record without its event, no event without its record but for what was deleted by an
/// event, and each record, with its reports, of the digest that the newest event about it has. Some 130 bytes of memory a prediction.
/// </summary>
internal sealed class RecordCheck(BlobStore store, string center, DateTimeOffset begun, Action<AuditBreak> found)
{
    private const string Report = "report ";
    private static readonly TimeSpan _young = TimeSpan.FromMinutes(2);

    private readonly Dictionary<UInt128, Entry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>Records that were compared.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a finding may come of a prediction that was being written just then.</summary>
    public bool MayPass { get; private set; }

    /// <summary>What an event says of a report.</summary>
    public static string DigestName(string extension) => Report + extension;

    /// <summary>Told each line of the chain, in order.</summary>
    public void See(AuditLine line)
    {
        switch (line.Action)
        {
            case "prediction-published" or "prediction-failed" when line.Subjects.TryGetValue("prediction", out var id) && line.Digests.TryGetValue("record", out var record) && Key(id) is { } key:
                _entries[key] = new Entry { Record = Hash256.Parse(record), Reports = ReportsOf(line), Time = line.Time };
                break;
            case "expired-deleted" when line.Subjects.GetValueOrDefault("period") == nameof(RetentionPeriods.Predictions):
                Release(line.Subjects.GetValueOrDefault("ids"), mayBeGone: true);
                break;
            case "expired-stayed" when line.Subjects.GetValueOrDefault("period") == nameof(RetentionPeriods.Predictions):
                // The record is the last of a prediction to go.
                Release(line.Subjects.GetValueOrDefault("ids"), mayBeGone: false);
                break;
            case "predictions-erased" or "patient-erased":
                Release(line.Subjects.GetValueOrDefault("predictions"), mayBeGone: true);
                break;
        }
    }

    /// <summary>Reads all records.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(PredictionsAsync(cancellation), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (blobs, token) => await CompareAsync(blobs, token));
        foreach (var (key, entry) in _entries.Where(entry => entry.Value is { IsSeen: false, MayBeGone: false }))
        {
            Found(PredictionStore.RecordName(center, $"p-{key.ToString("x32", CultureInfo.InvariantCulture)}"), AuditReasons.RecordMissing, begun - entry.Time < _young);
        }
    }

    private async Task CompareAsync(IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        var id = PredictionStore.IdOf(blobs[0].Name);
        var record = blobs.FirstOrDefault(blob => blob.Name == PredictionStore.RecordName(center, id));
        if (record is null)
        {
            // Reports without their record: it is being written, or is missed below.
            return;
        }

        Entry entry;
        lock (_lock)
        {
            Count++;
            if (Key(id) is not { } key || !_entries.ContainsKey(key))
            {
                Found(record.Name, AuditReasons.RecordUnknown, record.Written > begun - _young);
                return;
            }

            ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
            known.IsSeen = true;
            entry = known;
        }

        if (await DigestOfAsync(record.Name, cancellation) is not { } digest || Hash256.Parse(digest) != entry.Record)
        {
            Found(record.Name, AuditReasons.RecordChanged, record.Written > begun - _young);
        }

        if (entry.Reports is { } reports && reports != await ReportsOfAsync(blobs.Where(blob => blob != record), id, cancellation))
        {
            Found(record.Name, AuditReasons.ReportChanged, record.Written > begun - _young);
        }
    }

    private async Task<Hash256> ReportsOfAsync(IEnumerable<FoundBlob> reports, string id, CancellationToken cancellation)
    {
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach (var report in reports)
        {
            digests[DigestName(report.Name[PredictionStore.ReportName(center, id, "").Length..])] = await DigestOfAsync(report.Name, cancellation) ?? "";
        }

        return Together(digests);
    }

    private async Task<string?> DigestOfAsync(string name, CancellationToken cancellation) =>
        await store.TryReadAsync(Containers.Predictions, name, cancellation) is { } content ? Digest.Of(content.Content) : null;

    // The blobs of one prediction after the other: its record and its reports have one beginning, and so lie beside one another.
    private async IAsyncEnumerable<IReadOnlyList<FoundBlob>> PredictionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<FoundBlob> blobs = [];
        await foreach (var blob in store.ListAsync(Containers.Predictions, $"{center}/by-id/", cancellation).OrNoneAsync(cancellation))
        {
            if (blobs.Count > 0 && PredictionStore.IdOf(blobs[0].Name) != PredictionStore.IdOf(blob.Name))
            {
                yield return [.. blobs];
                blobs.Clear();
            }

            blobs.Add(blob);
        }

        if (blobs.Count > 0)
        {
            yield return blobs;
        }
    }

    // Of what is being deleted, or was in part, the reports aren't looked at.
    private void Release(string? ids, bool mayBeGone)
    {
        foreach (var id in (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Key(id) is { } key && _entries.ContainsKey(key))
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
                known.MayBeGone = mayBeGone;
                known.Reports = null;
            }
        }
    }

    private void Found(string name, string reason, bool mayPass)
    {
        lock (_lock)
        {
            MayPass |= mayPass;
            found(new(name, 0, reason) { Container = Containers.Predictions });
        }
    }

    private static Hash256? ReportsOf(AuditLine line)
    {
        SortedDictionary<string, string> digests = new(line.Digests.Where(digest => digest.Key.StartsWith(Report, StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
        return digests.Count > 0 ? Together(digests) : null;
    }

    private static Hash256 Together(SortedDictionary<string, string> digests) => Hash256.Parse(Digest.OfParts(digests.SelectMany(digest => new[] { digest.Key, digest.Value })));

    private static UInt128? Key(string id) => PredictionId.IsValid(id) ? UInt128.Parse(id.AsSpan(2), NumberStyles.AllowHexSpecifier) : null;

    private struct Entry
    {
        public Hash256 Record;
        public Hash256? Reports;
        public DateTime Time;
        public bool MayBeGone;
        public bool IsSeen;
    }

    /// <summary>A digest in half the memory of its text's half. What is none equals no digest.</summary>
    private readonly record struct Hash256(UInt128 High, UInt128 Low)
    {
        public static Hash256 Parse(string hex) => hex.Length == 64
            && UInt128.TryParse(hex.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, null, out var high)
            && UInt128.TryParse(hex.AsSpan(32), NumberStyles.AllowHexSpecifier, null, out var low)
                ? new(high, low)
                : default;
    }
}
