using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs.Models;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// The images behind a prediction, for whoever looks at them: volumes and ROIs that its record names, and the maps that lie beside them as <c>{sequence}.{map}.nii.gz</c>. Volumes and ROIs are held
/// against the record's digests before a byte of them is told, and streamed; which version of a blob was found right is remembered.
/// </summary>
/// <param name="store">The storage account.</param>
/// <param name="predictions">The records, as they may be told.</param>
public sealed partial class StudyImages(BlobStore store, ServedRecords predictions)
{
    private const int MostRemembered = 20_000;
    private const string Roi = "roi";

    private readonly ConcurrentDictionary<BlobReference, ETag> _right = new();

    /// <summary>What there is to look at of a prediction, by sequence in the record's order; sequences of which the volume or the ROI is no longer stored are left out.</summary>
    public async Task<IReadOnlyList<StudyImageSet>> ListAsync(Prediction prediction, CancellationToken cancellation = default)
    {
        var folder = FolderOf(prediction);
        HashSet<string> stored = new(StringComparer.Ordinal);
        await foreach (var blob in store.ItemsAsync(Containers.Studies, folder, cancellation))
        {
            stored.Add(blob.Name);
        }

        return
        [
            .. prediction.Sequences
                .Where(sequence => stored.Contains(sequence.Volume.Blob) && stored.Contains(sequence.Roi.Blob))
                .Select(sequence => new StudyImageSet(sequence.Name, FileOf(sequence.Volume), FileOf(sequence.Roi), MapsOf(sequence.Name))),
        ];

        StudyMap[] MapsOf(string sequence) =>
        [
            .. stored
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name => name[folder.Length..])
                .Where(file => MapIn(file, sequence) is not null)
                .Order(StringComparer.Ordinal)
                .Select(file => new StudyMap(MapIn(file, sequence)!, file)),
        ];
    }

    /// <summary>One of the images of a prediction.</summary>
    /// <param name="area">The center, or <c>_system</c>.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="file">Which, as <see cref="StudyImageSet"/> names it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException"><c>PredictionNotFound</c>: there is no final record; <c>StudyImageNotFound</c>: it has no such image, or that is no longer stored.</exception>
    /// <exception cref="AlteredException">The record, or the image, isn't the one that was stored.</exception>
    public async Task<StudyImage> GetAsync(string area, string id, string file, CancellationToken cancellation = default)
    {
        var status = (PredictionId.IsValid(id) ? await predictions.TryGetAsync(area, id, cancellation) : null)
            ?? throw new RadiomicsException("PredictionNotFound", "There is no finished prediction of this id for this center.");
        if (status.Prediction is { } prediction)
        {
            foreach (var known in prediction.Sequences.SelectMany(sequence => new[] { sequence.Volume, sequence.Roi }))
            {
                if (FileOf(known) == file)
                {
                    return await CheckedAsync(known, cancellation);
                }
            }

            // Nothing else says what a map must be: it is told as it lies there.
            if (prediction.Sequences.Any(sequence => MapIn(file, sequence.Name) is not null) && await TryLookAsync(FolderOf(prediction) + file, cancellation) is { } map)
            {
                return Image(FolderOf(prediction) + file, Digest.OfParts($"{map.ETag}"), map);
            }
        }

        throw NotFound();
    }

    private async Task<StudyImage> CheckedAsync(BlobReference reference, CancellationToken cancellation)
    {
        var found = await TryLookAsync(reference.Blob, cancellation) ?? throw NotFound();
        if (!_right.TryGetValue(reference, out var right) || right != found.ETag)
        {
            await using var stream = await OpenAsync(reference.Blob, found.ETag, cancellation);
            if (await Digest.OfStreamAsync(stream, cancellation) != reference.Sha256)
            {
                throw AlteredException.OfPart(Containers.Studies, reference.Blob);
            }

            if (_right.Count >= MostRemembered)
            {
                _right.Clear();
            }

            _right[reference] = found.ETag;
        }

        return Image(reference.Blob, reference.Sha256, found);
    }

    private StudyImage Image(string name, string tag, BlobProperties found) => new(tag, found.ContentLength, cancellation => OpenAsync(name, found.ETag, cancellation));

    private async Task<Stream> OpenAsync(string name, ETag version, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = version } };
            return (await store.Blob(Containers.Studies, name).DownloadStreamingAsync(options, cancellation)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            throw NotFound(); // retention was quicker
        }
    }

    private async Task<BlobProperties?> TryLookAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await store.Blob(Containers.Studies, name).GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    private static RadiomicsException NotFound() => new("StudyImageNotFound", "This prediction has no such image, or it is no longer stored.");

    // With the slash at its end.
    private static string FolderOf(Prediction prediction) => prediction.Manifest.Blob[..(prediction.Manifest.Blob.LastIndexOf('/') + 1)];

    private static string FileOf(BlobReference reference) => reference.Blob[(reference.Blob.LastIndexOf('/') + 1)..];

    private static string? MapIn(string file, string sequence) =>
        MapFile().Match(file) is { Success: true } match && match.Groups["sequence"].Value == sequence && match.Groups["map"].Value is not Roi and var map ? map : null;

    [GeneratedRegex(@"^(?<sequence>[A-Za-z0-9_]+)\.(?<map>[A-Za-z0-9_-]{1,60})\.nii\.gz\z", RegexOptions.ExplicitCapture)]
    private static partial Regex MapFile();
}
