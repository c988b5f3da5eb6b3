using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Reads a prediction's upload again, as ingest did, and holds what it makes of it against what is stored. Stores nothing.</summary>
public sealed class UploadReplay(UploadStore uploads, UploadReader reader, TemporaryStorage temporary, UidKey key)
{
    /// <summary>Reads the upload of a prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="profile">The profile that it was pinned to.</param>
    /// <param name="stored">The manifest that was made then.</param>
    /// <exception cref="RadiomicsException"><c>IngestElsewhere</c>, <c>ReplayPartsGone</c>, and what reading the upload throws.</exception>
    public async Task<ReplayedIngest> RunAsync(Prediction prediction, CenterProfile profile, StudyManifest stored)
    {
        if (stored.IngestVersion != StudyReader.IngestVersion)
        {
            throw new RadiomicsException(
                "IngestElsewhere", $"The study was read by version {stored.IngestVersion} of ingest, and this is {StudyReader.IngestVersion}: replay it with a tool of that version, or without --from-upload.");
        }

        var upload = await uploads.TryGetAsync(prediction.UploadId) ?? throw Gone();
        using var open = await OpenAsync(upload);
        var study = StudyReader.Read(open.Source, profile.Ingest, key, new IngestRequest
        {
            Center = prediction.Center,
            RequiredSequenceByFieldStrength = prediction.Model is { } model ? new Dictionary<string, string> { [model.FieldStrength] = model.Sequence } : [],
        });
        using var folder = temporary.NewFolder();
        var packed = await PackedStudy.WriteAsync(prediction.Center, study, folder);
        var (before, now) = (FilesOf(stored), FilesOf(packed.Manifest));
        return new(
            before.Count(file => now.GetValueOrDefault(file.Key) == file.Value),
            [.. before.Keys.Union(now.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal)],
            Digest.Of(BlobStore.Json(packed.Manifest)) == prediction.Manifest.Sha256);
    }

    private async Task<OpenUpload> OpenAsync(UploadRecord upload)
    {
        try
        {
            return await reader.OpenAsync(upload);
        }
        catch (RadiomicsException e) when (e.Code == "UploadChanged")
        {
            throw Gone();
        }
    }

    private static Dictionary<string, string> FilesOf(StudyManifest manifest) => manifest.Sequences
        .SelectMany(sequence => new[] { sequence.Volume, sequence.Roi })
        .ToDictionary(file => file.Blob[(file.Blob.LastIndexOf('/') + 1)..], file => file.Sha256, StringComparer.Ordinal);

    private static RadiomicsException Gone() => new(
        "ReplayPartsGone", "The upload is here no longer, by retention or erasure, or another one lies in its place: it can't be read again. Replay the prediction without --from-upload.");
}
