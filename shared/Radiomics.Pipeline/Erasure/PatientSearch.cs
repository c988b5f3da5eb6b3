using System.Runtime.CompilerServices;
using Radiomics.Dicom;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Finds all that there is of a patient: in what was sent by reading it, in everything else by pseudonym and mapped UIDs.</summary>
public sealed class PatientSearch(BlobStore store, UploadStore uploads, TemporaryStorage temporary, RadiomicsOptions options, UidKey key)
{
    /// <summary>Looks through every container.</summary>
    /// <param name="center">Center.</param>
    /// <param name="patientId">PatientID, as the hospital has it.</param>
    /// <param name="issuer">IssuerOfPatientID, if images name one: with it an id is another patient's.</param>
    /// <param name="studyUids">Original StudyInstanceUIDs of further studies, say such that name no patient.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PatientTraces> FindAsync(string center, string patientId, string? issuer, IEnumerable<string> studyUids, CancellationToken cancellation = default)
    {
        var patient = key.MapPatient(center, patientId, issuer);
        HashSet<string> studies = [.. studyUids.Select(key.Map)];
        var cohorts = await CohortsAsync(center, cancellation).ToListAsync(cancellation);
        studies.UnionWith(cohorts.SelectMany(cohort => cohort.Rows).Where(row => row.Patient == patient).Select(row => row.StudyUid));
        studies.UnionWith(await ManifestsAsync(center, patient, cancellation).ToListAsync(cancellation));
        var sent = await new RawUploads(store, uploads, temporary, options, key).ReadAsync(center, cancellation).ToListAsync(cancellation);
        studies.UnionWith(sent.SelectMany(upload => upload.Studies).Where(one => one.Patient == patient && one.Study is not null).Select(one => one.Study!));

        // What can't be read any more, or names nobody, is told by the prediction that was made of it.
        HashSet<string> answered = [.. (await PredictionsAsync(center, studies, [], cancellation)).Select(prediction => prediction.Upload).OfType<string>()];
        HashSet<string> read = [.. sent.Where(upload => upload.Studies.Any(one => one.Patient == patient || (one.Study is { } study && studies.Contains(study)))).Select(upload => upload.Id)];
        RawUpload[] own = [.. sent.Where(upload => answered.Contains(upload.Id) || read.Contains(upload.Id))];
        var predictions = await PredictionsAsync(center, studies, own, cancellation);
        HashSet<string> ids = [.. own.Select(upload => upload.Id), .. predictions.Select(prediction => prediction.Upload).OfType<string>()];
        var arrivals = await ArrivalsAsync(center, studies, cancellation).ToListAsync(cancellation);
        return new PatientTraces
        {
            Center = center,
            Patient = patient,
            Studies = [.. studies.Order(StringComparer.Ordinal)],
            Uploads = [.. ids.Order(StringComparer.Ordinal)],
            Predictions = [.. predictions.Select(prediction => prediction.Id).Order(StringComparer.Ordinal)],
            Cohorts = [.. cohorts.Where(cohort => cohort.Rows.Any(row => row.Patient == patient || studies.Contains(row.StudyUid))).Select(cohort => cohort.Blob)],
            Retrainings = await RetrainingsAsync(center, patient, studies, cancellation).ToListAsync(cancellation),
            Models = await ModelsAsync(studies, cancellation).ToListAsync(cancellation),
            Unreadable = [.. sent.Where(upload => !upload.IsWhole && !own.Contains(upload)).Select(upload => upload.Id).Distinct(StringComparer.Ordinal)],
            Instances = [.. predictions.Select(prediction => prediction.Id), .. arrivals.SelectMany(arrival => arrival.Waits)],
            Found =
            [
                .. arrivals.Select(arrival => (Containers.Arrivals, arrival.Blob)),
                .. await BelowAsync(Containers.Features, center, studies, cancellation),
                .. (await ReceiptsAsync(ids, cancellation).ToListAsync(cancellation)).Select(blob => (Containers.Uploads, blob)),
                .. predictions.SelectMany(prediction => prediction.Blobs).Select(blob => (Containers.Predictions, blob)),
                .. own.SelectMany(upload => upload.Blobs.Select(blob => (upload.Container, blob))),
                .. (await BelowAsync(Containers.Studies, center, studies, cancellation)).OrderBy(found => found.Blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal)),
            ],
        };
    }

    private async IAsyncEnumerable<(string Blob, IReadOnlyList<CohortRow> Rows)> CohortsAsync(string center, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Cohorts, $"{center}/", cancellation))
        {
            if (await store.TryReadAsync(Containers.Cohorts, blob.Name, cancellation) is { } content)
            {
                yield return (blob.Name, CohortFile.Read(content.Content.ToStream()).Cohort.Rows);
            }
        }
    }

    private async IAsyncEnumerable<string> ManifestsAsync(string center, string patient, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Studies, $"{center}/", cancellation))
        {
            if (blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal)
                && await store.TryReadJsonAsync<StudyManifest>(Containers.Studies, blob.Name, cancellation) is { } manifest && manifest.Patient == patient)
            {
                yield return manifest.StudyUid;
            }
        }
    }

    private async Task<List<(string Id, string? Upload, IReadOnlyList<FoundBlob> Blobs)>> PredictionsAsync(
        string center, HashSet<string> studies, RawUpload[] own, CancellationToken cancellation)
    {
        List<FoundBlob> indexes = [];
        foreach (var study in studies)
        {
            indexes.AddRange(await store.ListAsync(Containers.Predictions, $"{center}/by-study/{study}/", cancellation).ToListAsync(cancellation));
        }

        HashSet<string> ids = [.. indexes.Select(index => PredictionStore.IdOf(index.Name)), .. own.Where(upload => UploadId.IsValid(upload.Id)).Select(upload => PredictionId.OfUpload(upload.Id))];
        foreach (var upload in own.Where(upload => upload.Container == Containers.Quarantine))
        {
            // One that was asked for with a key has an id that doesn't follow from the upload.
            if (await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, $"{center}/{upload.Id}/reason.json", cancellation) is { } reason)
            {
                ids.Add(reason.PredictionId);
            }
        }

        List<(string, string?, IReadOnlyList<FoundBlob>)> found = [];
        foreach (var id in ids)
        {
            var blobs = await store.ListAsync(Containers.Predictions, $"{center}/by-id/{id}.", cancellation).ToListAsync(cancellation);
            var record = await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, $"{center}/by-id/{id}.json", cancellation);
            found.Add((id, record?.Prediction?.UploadId, [.. blobs, .. indexes.Where(index => PredictionStore.IdOf(index.Name) == id)]));
        }

        return found;
    }

    private async IAsyncEnumerable<(FoundBlob Blob, IReadOnlyList<string> Waits)> ArrivalsAsync(string center, HashSet<string> studies, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Arrivals, $"{center}/", cancellation))
        {
            if (blob.Name.Split('/') is [_, var service, var file] && Path.GetFileNameWithoutExtension(file) is var study && studies.Contains(study)
                && await store.TryReadJsonAsync<StudyArrival>(Containers.Arrivals, blob.Name, cancellation) is { } stamp)
            {
                yield return (blob, ArrivalId.Until(new ArrivalKey(center, service, study), stamp.Generation));
            }
        }
    }

    private async Task<List<(string Container, FoundBlob Blob)>> BelowAsync(string container, string center, HashSet<string> studies, CancellationToken cancellation)
    {
        List<(string, FoundBlob)> found = [];
        foreach (var study in studies)
        {
            found.AddRange(await store.ListAsync(container, $"{center}/{study}/", cancellation).Select(blob => (container, blob)).ToListAsync(cancellation));
        }

        return found;
    }

    private async IAsyncEnumerable<FoundBlob> ReceiptsAsync(HashSet<string> ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Uploads, "", cancellation))
        {
            if ((UploadStore.IdOf(blob.Name) ?? await UploadStore.TargetOfAsync(store, blob.Name, cancellation)) is { } id && ids.Contains(id))
            {
                yield return blob;
            }
        }
    }

    private async IAsyncEnumerable<TracedRetraining> RetrainingsAsync(string center, string patient, HashSet<string> studies, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Models, "", cancellation))
        {
            if (RetrainingBlobs.IsPlan(blob.Name) && await store.TryReadJsonAsync<PlanDocument>(Containers.Models, blob.Name, cancellation) is { } plan
                && plan.Groups.Any(group => group.Center == center && group.Cases.Any(planned => studies.Contains(planned.Case.StudyUid) || planned.Case.Patient == patient)))
            {
                yield return new(blob.Name.Split('/')[0], blob.Name.Split('/')[2]);
            }
        }
    }

    private async IAsyncEnumerable<TracedModel> ModelsAsync(HashSet<string> studies, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Models, "", cancellation))
        {
            if (blob.Name.Split('/') is not [var center, var fieldStrength, var version, "package.zip"]
                || await store.TryReadAsync(Containers.Models, blob.Name, cancellation) is not { } content)
            {
                continue;
            }

            var package = ModelPackage.Load(content.Content.ToStream());
            if (package.TrainingStudies.Overlaps(studies) || package.TestStudies.Overlaps(studies))
            {
                var current = await store.TryReadJsonAsync<ModelPointer>(Containers.Models, $"{center}/{fieldStrength}/current.json", cancellation);
                yield return new(center, fieldStrength, version, package.TrainingStudies.Overlaps(studies), current?.Version == version);
            }
        }
    }
}
