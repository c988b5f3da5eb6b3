using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// Computes an old prediction again from what is stored of its study, with the engine, settings and model that its record names, and shows whether the result is the
/// same byte by byte. Writes nothing but an event into the audit.
/// </summary>
public sealed class PredictionReplay(BlobStore store, PredictionStore predictions, AuditTrail trail)
{
    private readonly ReplayParts _parts = new(store);

    /// <summary>Replays a prediction.</summary>
    /// <param name="center">Its center.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="actor">Who asks, for the audit.</param>
    /// <param name="upload">Reads the upload again, too; null: begins with the stored volumes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RadiomicsException">
    /// It can't be computed again: <c>PredictionNotFound</c>, <c>NothingToReplay</c>, <c>EngineElsewhere</c>, <c>ReplayPartsGone</c>, <c>ReplayPartAltered</c>; with an upload
    /// also what <see cref="UploadReplay"/> throws.
    /// </exception>
    public async Task<ReplayReport> RunAsync(string center, string id, string actor, UploadReplay? upload = null, CancellationToken cancellation = default)
    {
        var record = (PredictionId.IsValid(id) ? await predictions.TryGetContentAsync(center, id, cancellation) : null)
            ?? throw new RadiomicsException("PredictionNotFound", "There is no finished prediction of this id for this center.");
        var status = BlobStore.Parse<PredictionStatus>(record);
        var prediction = status.Prediction
            ?? throw new RadiomicsException("NothingToReplay", $"The prediction has failed ({status.Error?.Code}): there is no answer to compute again.");
        if (prediction.EngineVersion != FeatureExtractor.EngineVersion)
        {
            throw new RadiomicsException(
                "EngineElsewhere", $"The prediction was made by version {prediction.EngineVersion} of the engine, and this is {FeatureExtractor.EngineVersion}: replay it with a tool of that version.");
        }

        var report = await CompareAsync(prediction, record, upload, cancellation);
        await trail.AppendAsync(
            new AuditEvent
            {
                Id = $"replay/{Guid.NewGuid():N}",
                Center = center,
                Actor = actor,
                Action = "prediction-replayed",
                Subjects = new Dictionary<string, string> { ["prediction"] = id, ["result"] = report.Same ? "same" : "other" },
                Digests = new Dictionary<string, string> { ["stored"] = report.RecordSha256, ["replayed"] = report.ReplayedRecordSha256 },
            },
            cancellation);
        return report;
    }

    private async Task<ReplayReport> CompareAsync(Prediction prediction, BinaryData record, UploadReplay? upload, CancellationToken cancellation)
    {
        var manifest = BlobStore.Parse<StudyManifest>(await _parts.ReadAsync(Containers.Studies, prediction.Manifest, "study's manifest", cancellation));
        var pinned = BlobStore.Parse<PinnedProfile>(await _parts.ReadAsync(
            Containers.Models, new(ProfileStore.Name(prediction.Center, prediction.ProfileSha256), prediction.ProfileSha256), "center's profile of that time", cancellation));
        var model = await ModelAsync(prediction, cancellation);

        List<(ReplayedSequence Report, SequenceResult Result, FeatureVector? Vector)> sequences = [];
        foreach (var sequence in manifest.Sequences)
        {
            cancellation.ThrowIfCancellationRequested();
            sequences.Add(await ExtractAsync(prediction, sequence, pinned.Settings, cancellation));
        }

        var score = model is var (_, package) && sequences.FirstOrDefault(one => one.Result.Name == package.Sequence).Vector is { } features ? Scoring.Of(package, features) : null;
        var replayed = BlobStore.Json(PredictionDescription.Of(
            new PredictionRequest { Id = prediction.Id, UploadId = prediction.UploadId, Center = prediction.Center, Actor = "" },
            new StudyReference { StudyUid = manifest.StudyUid, Manifest = prediction.Manifest, Sequences = [.. manifest.Sequences.Select(sequence => sequence.Name)], FieldStrength = manifest.FieldStrength },
            manifest,
            [.. sequences.Select(one => one.Result)],
            new PredictionBasis
            {
                // What only the upload's receipt knows is taken from the record: receipts go with their uploads.
                UploadSha256 = prediction.UploadSha256,
                Supersedes = prediction.Supersedes,
                ProfileSha256 = prediction.ProfileSha256,
                Settings = pinned.Settings,
                EngineVersion = FeatureExtractor.EngineVersion,
                Model = score is null || model is not var (pointer, asked) ? null : (pointer, asked.Card),
                Score = score,
            }));
        return new ReplayReport
        {
            Center = prediction.Center,
            PredictionId = prediction.Id,
            EngineVersion = prediction.EngineVersion,
            ProfileSha256 = prediction.ProfileSha256,
            ModelVersion = prediction.Model?.Version,
            Sequences = [.. sequences.Select(one => one.Report)],
            Probability = prediction.Probability,
            ReplayedProbability = score?.Probability,
            RecordSha256 = Digest.Of(record),
            ReplayedRecordSha256 = Digest.Of(replayed),
            RecordDifferences = JsonDifferences.Of(record, replayed),
            Ingest = upload is null ? null : await upload.RunAsync(prediction, pinned.Profile, manifest),
        };
    }

    private async Task<(ModelPointer Pointer, ModelPackage Package)?> ModelAsync(Prediction prediction, CancellationToken cancellation)
    {
        if (prediction.Model is not { } named)
        {
            return null;
        }

        var pointer = new ModelPointer { Version = named.Version, Sequence = named.Sequence, Sha256 = named.PackageSha256, PromotedBy = "" };
        var name = ModelRegistry.PackageName(prediction.Center, prediction.FieldStrength!, named.Version);
        var content = await _parts.ReadAsync(Containers.Models, new(name, named.PackageSha256), "model's package", cancellation);
        return (pointer, ModelPackage.Load(content.ToStream()));
    }

    private async Task<(ReplayedSequence Report, SequenceResult Result, FeatureVector? Vector)> ExtractAsync(
        Prediction prediction, ManifestSequence stored, ExtractionSettings settings, CancellationToken cancellation)
    {
        var volume = await _parts.ReadAsync(Containers.Studies, new(stored.Volume.Blob, stored.Volume.Sha256), $"volume of {stored.Name}", cancellation);
        var roi = await _parts.ReadAsync(Containers.Studies, new(stored.Roi.Blob, stored.Roi.Sha256), $"region of {stored.Name}", cancellation);
        var named = prediction.Sequences.FirstOrDefault(sequence => sequence.Name == stored.Name)?.Features;
        var (state, content) = named is null ? (StoredFeatureState.None, null) : await _parts.StateOfAsync(Containers.Features, named, cancellation);
        try
        {
            var vector = FeatureExtractor.Extract(NiftiFile.ReadVolume(volume.ToStream()), NiftiFile.ReadMask(roi.ToStream()), settings);
            var features = StoredFeatures.Of(prediction.Center, prediction.StudyUid, stored.Name, stored.Volume, stored.Roi, vector);
            var name = FeatureStore.NameOf(prediction.Center, prediction.StudyUid, stored.Name, stored.Volume.Sha256, stored.Roi.Sha256, settings.ComputeHash());
            var reference = new BlobReference(name, Digest.Of(BlobStore.Json(features)));
            var difference = content is null || reference.Sha256 == Digest.Of(content) ? null : LargestDifference(content, vector);
            return (new(stored.Name, vector.Features.Count, state, named?.Sha256, reference.Sha256, null, difference), new(stored.Name, reference, null), vector);
        }
        catch (RadiomicsException e)
        {
            return (new(stored.Name, 0, state, named?.Sha256, null, e.Code, null), new(stored.Name, null, new PredictionError(e.Code, e.Detail)), null);
        }
    }

    /// <summary>The feature that is farthest from the stored one, by its part of the larger of the two; one that is there on one side only is farther than any.</summary>
    private static FeatureDifference? LargestDifference(BinaryData stored, FeatureVector replayed)
    {
        IReadOnlyDictionary<string, double?> before;
        try
        {
            before = BlobStore.Parse<StoredFeatures>(stored).Vector.Features;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or RadiomicsException)
        {
            return null; // what lies there are no features any more
        }

        var largest = before.Keys.Union(replayed.Features.Keys, StringComparer.Ordinal)
            .Select(tag => new FeatureDifference(tag, before.GetValueOrDefault(tag), replayed.Features.GetValueOrDefault(tag)))
            .Where(one => one.Stored != one.Replayed)
            .MaxBy(Share);
        return largest;

        static double Share(FeatureDifference one) => one is { Stored: { } a, Replayed: { } b } ? Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b)) : double.PositiveInfinity;
    }
}
