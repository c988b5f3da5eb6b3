using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// Which studies, predictions and uploads are whose, by pseudonym: <c>uploads/by-patient/{center}/{key}/{patient}/{study}/{prediction}/{upload}.whole</c>, empty blobs, written at
/// ingest. Features, records and receipts name no patient, and may outlive everything that does. <c>key</c> is the fingerprint of the UID key, <c>-</c> stands for what an object
/// doesn't name, and the ending <c>.part</c> says that the upload may hold more than could be read.
/// </summary>
public sealed class PatientIndex(BlobStore store, UidKey key)
{
    private const string Prefix = "by-patient/";
    private const string Whole = ".whole";
    private const string Part = ".part";
    private const string Nobody = "-";
    private const int ParallelEntries = 8;

    /// <summary>Notes whose an upload is. Written anew each time, so that an entry that is about to be swept isn't.</summary>
    /// <param name="request">The prediction.</param>
    /// <param name="patients">Whom the upload names.</param>
    public Task RecordAsync(PredictionRequest request, UploadedPatients patients) => Parallel.ForEachAsync(
        patients.Studies,
        new ParallelOptions { MaxDegreeOfParallelism = ParallelEntries },
        async (one, cancellation) => await store.Blob(Containers.Uploads, NameOf(request, one, patients.IsWhole)).UploadAsync(
            new BinaryData(""),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain" } },
            cancellation));

    /// <summary>What was noted for a center under any key; of all centers if it is null.</summary>
    internal static async IAsyncEnumerable<IndexedUpload> ListAsync(BlobStore store, string? center, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Uploads, center is null ? Prefix : $"{Prefix}{center}/", cancellation))
        {
            if (blob.Name.Split('/') is [_, var area, var fingerprint, var patient, var study, var prediction, var upload])
            {
                yield return new IndexedUpload(area, fingerprint, Named(patient), Named(study), prediction, Path.GetFileNameWithoutExtension(upload), upload.EndsWith(Whole, StringComparison.Ordinal), blob);
            }
        }
    }

    /// <summary>Deletes entries of which nothing is left: neither upload, receipt or copy, nor volumes, features, stamps or a record. Returns how many.</summary>
    /// <remarks>
    /// Entries are listed before what they tell of, and deleted only as they were listed: an upload that comes again meanwhile has its receipt first, and its entry written anew.
    /// </remarks>
    internal static async Task<int> SweepAsync(BlobStore store, CancellationToken cancellation)
    {
        var count = 0;
        var entries = await ListAsync(store, center: null, cancellation).ToListAsync(cancellation);
        if (entries.Count == 0)
        {
            return 0;
        }

        var receipts = await store.ListAsync(Containers.Uploads, "", cancellation).Select(blob => UploadStore.IdOf(blob.Name)).OfType<string>().ToHashSetAsync(cancellationToken: cancellation);
        foreach (var center in entries.GroupBy(entry => entry.Center, StringComparer.Ordinal))
        {
            var studies = await PartsAsync(store, center.Key, cancellation, (Containers.Studies, 1), (Containers.Features, 1), (Containers.Arrivals, 2));
            var uploads = await PartsAsync(store, center.Key, cancellation, (Containers.Requests, 1), (Containers.Quarantine, 1));
            var predictions = await store.ListAsync(Containers.Predictions, $"{center.Key}/", cancellation)
                .Select(blob => PredictionStore.IdOf(blob.Name)).ToHashSetAsync(cancellationToken: cancellation);
            foreach (var entry in center)
            {
                if (!receipts.Contains(entry.Upload) && !uploads.Contains(entry.Upload) && !predictions.Contains(entry.Prediction) && !(entry.Study is { } study && studies.Contains(study))
                    && await store.TryDeleteAsync(Containers.Uploads, entry.Blob, cancellation))
                {
                    count++;
                }
            }
        }

        return count;
    }

    // A part of the names of a center's blobs, without an ending .json or .zip.
    private static async Task<HashSet<string>> PartsAsync(BlobStore store, string center, CancellationToken cancellation, params (string Container, int Part)[] places)
    {
        HashSet<string> parts = [];
        foreach (var (container, part) in places)
        {
            await foreach (var blob in store.ListAsync(container, $"{center}/", cancellation))
            {
                if (blob.Name.Split('/') is var names && names.Length > part)
                {
                    parts.Add(WithoutEnding(names[part]));
                }
            }
        }

        return parts;
    }

    // A UID has points of its own.
    private static string WithoutEnding(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".zip", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name;

    private string NameOf(PredictionRequest request, (string? Patient, string? Study) one, bool isWhole) =>
        $"{Prefix}{request.Center}/{key.Fingerprint}/{one.Patient ?? Nobody}/{one.Study ?? Nobody}/{request.Id}/{request.UploadId}{(isWhole ? Whole : Part)}";

    private static string? Named(string part) => part == Nobody ? null : part;
}

/// <summary>An entry of the index.</summary>
/// <param name="Center">Center.</param>
/// <param name="Key">Fingerprint of the UID key.</param>
/// <param name="Patient">Pseudonym under that key; null if an object names no patient.</param>
/// <param name="Study">Mapped StudyInstanceUID; null if an object names none.</param>
/// <param name="Prediction">Prediction id.</param>
/// <param name="Upload">Upload id.</param>
/// <param name="IsWhole">Whether the entries of the upload name all that it holds.</param>
/// <param name="Blob">The entry itself.</param>
internal sealed record IndexedUpload(string Center, string Key, string? Patient, string? Study, string Prediction, string Upload, bool IsWhole, FoundBlob Blob);
