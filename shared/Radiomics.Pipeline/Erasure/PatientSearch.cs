using System.Runtime.CompilerServices;
using Radiomics.Dicom;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// Finds all that there is of a patient, by pseudonym and mapped UIDs: by what was noted at ingest (<see cref="PatientIndex"/>), by cohorts and manifests, and by reading what was sent
/// and never noted.
/// </summary>
public sealed class PatientSearch(BlobStore store, UploadStore uploads, TemporaryStorage temporary, RadiomicsOptions options, UidKey key)
{
    private readonly RawUploads _raw = new(store, uploads, temporary, options, key);

    /// <summary>How many uploads had to be read, since nothing was noted of them at ingest.</summary>
    internal int UploadsRead => _raw.Read;

    /// <summary>Looks through every container.</summary>
    /// <param name="center">Center as sent: what came for one that has no profile is found, too.</param>
    /// <param name="patientId">PatientID, as the hospital has it.</param>
    /// <param name="issuer">IssuerOfPatientID, if images name one: with it an id is another patient's.</param>
    /// <param name="studyUids">Original StudyInstanceUIDs of further studies, say such that name no patient.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PatientTraces> FindAsync(string center, string patientId, string? issuer, IEnumerable<string> studyUids, CancellationToken cancellation = default)
    {
        var patient = key.MapPatient(center, patientId, issuer);
        var index = await PatientIndex.ListAsync(store, center, cancellation).ToListAsync(cancellation);
        var cohorts = await CohortsAsync(center, cancellation).ToListAsync(cancellation);
        var manifests = await ManifestsAsync(center, [.. index.Select(entry => entry.Study)], cancellation).ToListAsync(cancellation);
        var sent = await _raw.ReadAsync(center, index, cancellation).ToListAsync(cancellation);
        (string? Patient, string? Study)[] known =
        [
            .. cohorts.SelectMany(cohort => cohort.Rows).Select(row => (row.Patient, (string?)row.StudyUid)),
            .. manifests,
            .. index.Select(entry => (entry.Patient, entry.Study)),
            .. sent.Where(upload => upload.IsOurs).SelectMany(upload => upload.Studies),
        ];
        var (patients, studies) = Close(patient, studyUids.Select(key.Map), known, index, sent);
        bool IsOf((string? Patient, string? Study) one) => (one.Patient is { } named && patients.Contains(named)) || (one.Study is { } study && studies.Contains(study));

        // What can't be read any more, or names nobody, is told by the prediction that was made of it.
        HashSet<string> answered = [.. (await PredictionsAsync(center, studies, [], [], cancellation)).Select(prediction => prediction.Upload).OfType<string>()];
        HashSet<string> noted = [.. index.Where(entry => IsOf((entry.Patient, entry.Study))).Select(entry => entry.Upload)];
        RawUpload[] own = [.. sent.Where(upload => upload.IsOurs && (answered.Contains(upload.Id) || noted.Contains(upload.Id) || upload.Studies.Any(IsOf)))];
        noted.UnionWith(own.Select(upload => upload.Id));
        IndexedUpload[] entries = [.. index.Where(entry => noted.Contains(entry.Upload) || IsOf((entry.Patient, entry.Study)))];
        var predictions = await PredictionsAsync(center, studies, own, entries, cancellation);
        HashSet<string> ids = [.. noted, .. predictions.Select(prediction => prediction.Upload).OfType<string>()];
        var receipts = await ReceiptsAsync(center, cancellation).ToListAsync(cancellation);

        // The receipt of a name may be of what was predicted as a request's body, the same bytes.
        bool IsIn(HashSet<string> some, string id, UploadRecord? record) => some.Contains(id) || (record?.BodyId is { } body && some.Contains(body));

        // Under a name that was the patient's another one's upload may lie by now; what is known to be another's stays.
        RawUpload[] foreign = [.. sent.Except(own)];
        HashSet<string> others = [.. foreign.Select(upload => upload.Id), .. index.Except(entries).Select(entry => entry.Upload)];
        HashSet<string> taken = [.. NamesIn(foreign)];
        HashSet<string> names =
        [
            .. NamesIn(own),
            .. receipts.Where(receipt => receipt.Record?.Container == Containers.Incoming && IsIn(ids, receipt.Id, receipt.Record) && !IsNamed(taken, receipt.Record.Blob)).Select(receipt => receipt.Record!.Blob),
        ];
        FoundBlob[] ownReceipts =
        [
            .. receipts.Where(receipt => IsIn(ids, receipt.Id, receipt.Record) || (receipt.Record is { Container: Containers.Incoming } record && !IsIn(others, receipt.Id, record) && IsNamed(names, record.Blob)))
                .Select(receipt => receipt.Blob),
        ];
        var arrivals = await ArrivalsAsync(center, studies, cancellation).ToListAsync(cancellation);
        HashSet<string> told = [.. studies, .. known.Where(one => one.Patient is not null).Select(one => one.Study).OfType<string>()];
        return new PatientTraces
        {
            Center = center,
            Patient = patient,
            Pseudonyms = patients,
            Names = names,
            Studies = [.. studies.Order(StringComparer.Ordinal)],
            Uploads = [.. ids.Order(StringComparer.Ordinal)],
            Predictions = [.. predictions.Select(prediction => prediction.Id).Order(StringComparer.Ordinal)],
            Cohorts = [.. cohorts.Where(cohort => cohort.Rows.Any(row => IsOf((row.Patient, row.StudyUid)))).Select(cohort => cohort.Blob)],
            Retrainings = await RetrainingsAsync(center, patients, studies, cancellation).ToListAsync(cancellation),
            Models = await ModelsAsync(studies, cancellation).ToListAsync(cancellation),
            Unreadable = [.. sent.Where(upload => !own.Contains(upload) && (!upload.IsWhole || (!upload.IsOurs && upload.Studies.Any(IsOf)))).Select(upload => upload.Id).Distinct(StringComparer.Ordinal)],
            UntoldStudies = [.. (await StudiesWithResultsAsync(center, cancellation)).Except(told).Order(StringComparer.Ordinal)],
            UntoldUploads =
            [
                .. receipts.Where(receipt => receipt.Record is not null && !ownReceipts.Contains(receipt.Blob) && !IsIn(ids, receipt.Id, receipt.Record) && !IsIn(others, receipt.Id, receipt.Record))
                    .Select(receipt => receipt.Id).Order(StringComparer.Ordinal),
            ],
            OtherKeys = [.. index.Except(entries).Select(entry => entry.Key).Where(other => other != key.Fingerprint).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Instances = [.. predictions.Select(prediction => prediction.Id), .. arrivals.SelectMany(arrival => arrival.Waits)],
            Found =
            [
                .. arrivals.Select(arrival => (Containers.Arrivals, arrival.Blob)),
                .. await BelowAsync(Containers.Features, center, studies, cancellation),
                .. ownReceipts.Select(blob => (Containers.Uploads, blob)),
                .. predictions.SelectMany(prediction => prediction.Blobs).Select(blob => (Containers.Predictions, blob)),
                .. own.SelectMany(upload => upload.Blobs.Select(blob => (upload.Container, blob))),
                .. (await BelowAsync(Containers.Studies, center, studies, cancellation)).OrderBy(found => found.Blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal)),
                .. entries.Select(entry => (Containers.Uploads, entry.Blob)),
            ],
        };
    }

    /// <summary>Whether a blob of <c>incoming</c>, or a folder, is one of those named, or lies in one, or holds one.</summary>
    internal static bool IsNamed(IReadOnlySet<string> names, string blob) =>
        names.Contains(blob) || names.Any(name => (name.EndsWith('/') && blob.StartsWith(name, StringComparison.Ordinal)) || (blob.EndsWith('/') && name.StartsWith(blob, StringComparison.Ordinal)));

    private static IEnumerable<string> NamesIn(IEnumerable<RawUpload> sent) =>
        sent.Where(upload => upload.Container == Containers.Incoming).SelectMany(upload => upload.Blobs.Select(blob => blob.Name));

    /// <summary>
    /// All of the patient's studies, and the pseudonyms under earlier keys: an upload that is read now as the patient's, and no other's, was noted under another key for the same patient.
    /// </summary>
    private (HashSet<string> Patients, HashSet<string> Studies) Close(
        string patient, IEnumerable<string> named, (string? Patient, string? Study)[] known, List<IndexedUpload> index, List<RawUpload> sent)
    {
        HashSet<string> patients = [patient];
        var whose = sent.Where(upload => upload is { IsOurs: true, IsWhole: true }).ToLookup(upload => upload.Id, StringComparer.Ordinal);
        foreach (var upload in index.Where(entry => entry.Key != key.Fingerprint).GroupBy(entry => entry.Upload, StringComparer.Ordinal))
        {
            if (upload.All(entry => entry.IsWhole) && whose[upload.Key].SelectMany(read => read.Studies).Select(one => one.Patient).OfType<string>().Distinct(StringComparer.Ordinal).SequenceEqual([patient]))
            {
                foreach (var version in upload.GroupBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    if (version.Select(entry => entry.Patient).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is [var earlier])
                    {
                        patients.Add(earlier);
                    }
                }
            }
        }

        return (patients, [.. named, .. known.Where(one => one.Patient is { } of && patients.Contains(of)).Select(one => one.Study).OfType<string>()]);
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

    // Of what was noted at ingest the manifest says nothing else.
    private async IAsyncEnumerable<(string? Patient, string? Study)> ManifestsAsync(string center, HashSet<string?> noted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Studies, $"{center}/", cancellation))
        {
            if (blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal) && !noted.Contains(blob.Name.Split('/')[1])
                && await store.TryReadJsonAsync<StudyManifest>(Containers.Studies, blob.Name, cancellation) is { } manifest)
            {
                yield return (manifest.Patient, manifest.StudyUid);
            }
        }
    }

    private async Task<HashSet<string>> StudiesWithResultsAsync(string center, CancellationToken cancellation)
    {
        HashSet<string> studies = [];
        foreach (var (container, prefix) in new[] { (Containers.Features, $"{center}/"), (Containers.Predictions, $"{center}/by-study/") })
        {
            await foreach (var blob in store.ListAsync(container, prefix, cancellation))
            {
                studies.Add(blob.Name[prefix.Length..].Split('/')[0]);
            }
        }

        return studies;
    }

    private async Task<List<(string Id, string? Upload, IReadOnlyList<FoundBlob> Blobs)>> PredictionsAsync(
        string center, HashSet<string> studies, RawUpload[] own, IndexedUpload[] noted, CancellationToken cancellation)
    {
        List<FoundBlob> indexes = [];
        foreach (var study in studies)
        {
            indexes.AddRange(await store.ListAsync(Containers.Predictions, $"{center}/by-study/{study}/", cancellation).ToListAsync(cancellation));
        }

        HashSet<string> ids = [.. indexes.Select(index => PredictionStore.IdOf(index.Name)), .. own.Where(upload => UploadId.IsValid(upload.Id)).Select(upload => PredictionId.OfUpload(upload.Id)), .. noted.Select(entry => entry.Prediction)];
        foreach (var upload in own.Where(upload => upload.Container == Containers.Quarantine))
        {
            // One that was asked for with a key has an id that doesn't follow from the upload.
            if (await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, $"{upload.Area}/{upload.Id}/reason.json", cancellation) is { } reason)
            {
                ids.Add(reason.PredictionId);
            }
        }

        List<(string, string?, IReadOnlyList<FoundBlob>)> found = [];
        foreach (var id in ids)
        {
            var blobs = indexes.Where(index => PredictionStore.IdOf(index.Name) == id).ToList();
            PredictionStatus? record = null;
            // What came for no center of ours has its record under `_system`.
            foreach (var area in new[] { center, Containers.System })
            {
                blobs.AddRange(await store.ListAsync(Containers.Predictions, $"{area}/by-id/{id}.", cancellation).ToListAsync(cancellation));
                record ??= await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, $"{area}/by-id/{id}.json", cancellation);
            }

            found.Add((id, record?.Prediction?.UploadId, blobs));
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

    // Receipts, and the pointers to them; those of another center's are left out.
    private async IAsyncEnumerable<(string Id, UploadRecord? Record, FoundBlob Blob)> ReceiptsAsync(string center, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Uploads, "", cancellation))
        {
            if (UploadStore.IdOf(blob.Name) is { } id)
            {
                if (await uploads.TryGetAsync(id) is { } record && record.Center == center)
                {
                    yield return (id, record, blob);
                }
            }
            else if (await UploadStore.TargetOfAsync(store, blob.Name, cancellation) is { } target)
            {
                yield return (target, null, blob);
            }
        }
    }

    private async IAsyncEnumerable<TracedRetraining> RetrainingsAsync(string center, HashSet<string> patients, HashSet<string> studies, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Models, "", cancellation))
        {
            if (RetrainingBlobs.IsPlan(blob.Name) && await store.TryReadJsonAsync<PlanDocument>(Containers.Models, blob.Name, cancellation) is { } plan
                && plan.Groups.Any(group => group.Center == center && group.Cases.Any(planned => studies.Contains(planned.Case.StudyUid) || (planned.Case.Patient is { } of && patients.Contains(of)))))
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
