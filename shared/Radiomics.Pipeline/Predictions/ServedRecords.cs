using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Final answers as they may be told to anybody: each is held against what the audit trail says that was published. One that was changed since isn't told. What has been compared is remembered by its version,
/// which no writer chooses.
/// </summary>
/// <param name="store">The storage account.</param>
/// <param name="keys">The keys under which events count.</param>
public sealed class ServedRecords(BlobStore store, KnownAuditKeys keys)
{
    private const int MostRemembered = 20_000;

    private readonly AuditedRecords _audited = new(store, keys);
    private readonly ConcurrentDictionary<string, Compared> _compared = new(StringComparer.Ordinal);

    /// <summary>The final record of a prediction; null if there is none yet.</summary>
    /// <exception cref="AlteredException">It isn't the one that the audit trail names.</exception>
    public async Task<PredictionStatus?> TryGetAsync(string center, string id, CancellationToken cancellation = default) =>
        (await TryGetWithTimeAsync(center, id, cancellation))?.Status;

    /// <summary>The same with the time at which it was last written. A settled one stays as it is.</summary>
    /// <inheritdoc cref="TryGetAsync"/>
    public async Task<(PredictionStatus Status, DateTimeOffset Written)?> TryGetWithTimeAsync(string center, string id, CancellationToken cancellation = default) =>
        await ReadAsync(center, id, cancellation) is var (record, _) ? (BlobStore.Parse<PredictionStatus>(record.Content), record.Details.LastModified) : null;

    /// <summary>
    /// The final record of a prediction, byte by byte, and a report of it (extensions in <see cref="PredictionReports"/>); null if there is none yet. The report is null if the trail doesn't say what it must
    /// be: then it is made of the record.
    /// </summary>
    /// <exception cref="AlteredException">The record, or the report, isn't the one that the audit trail names.</exception>
    public async Task<(BinaryData Record, BinaryData? Report)?> TryGetWithReportAsync(string center, string id, string extension, CancellationToken cancellation = default)
    {
        if (await ReadAsync(center, id, cancellation) is not var (record, digests))
        {
            return null;
        }

        if (!digests.TryGetValue(RecordCheck.DigestName(extension), out var sha256))
        {
            return (record.Content, null);
        }

        var name = PredictionStore.ReportName(center, id, extension);
        return await store.TryReadAsync(Containers.Predictions, name, cancellation) is { } report && Digest.Of(report.Content) == sha256
            ? (record.Content, report.Content)
            : throw AlteredException.OfRecord(name);
    }

    private async Task<(BlobDownloadResult Record, IReadOnlyDictionary<string, string> Digests)?> ReadAsync(string center, string id, CancellationToken cancellation)
    {
        var name = PredictionStore.RecordName(center, id);
        if (await store.TryReadAsync(Containers.Predictions, name, cancellation) is not { } record)
        {
            return null;
        }

        if (!_compared.TryGetValue(name, out var compared) || compared.Version != record.Details.ETag)
        {
            var sha256 = Digest.Of(record.Content);
            var line = await _audited.FindAsync(center, id, sha256, record.Details.LastModified, cancellation);
            compared = new(record.Details.ETag, line?.Digests.GetValueOrDefault("record") == sha256 ? line!.Digests : null);
            if (_compared.Count >= MostRemembered)
            {
                _compared.Clear();
            }

            _compared[name] = compared;
        }

        return compared.Digests is { } digests ? (record, digests) : throw AlteredException.OfRecord(name);
    }

    /// <param name="Version">Version of the record.</param>
    /// <param name="Digests">What the trail says of it and its reports; null if it is another record that it speaks of.</param>
    private sealed record Compared(ETag Version, IReadOnlyDictionary<string, string>? Digests);
}
