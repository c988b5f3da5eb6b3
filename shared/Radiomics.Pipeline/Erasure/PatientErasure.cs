using System.Globalization;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// Removes a patient from every container. What stays is the audit trail, under the pseudonym, with the tombstone that this writes; models that learned from the patient's studies, which
/// it lists; and, for as long as the storage account keeps them, deleted blobs and earlier versions.
/// </summary>
public sealed class PatientErasure(BlobStore store, Holds holds, PurgedInstances purged, AuditTrail trail)
{
    // An event has 64 KB at most; lists are as many as here are kinds.
    private const int MostIds = 100;

    /// <summary>Deletes what was found, takes the patient out of cohorts and retrainings, and writes the tombstone. Run again, it goes on where it was cut short.</summary>
    /// <param name="traces">What <see cref="PatientSearch"/> found.</param>
    /// <param name="name">Who decides.</param>
    /// <param name="reason">Why; names nobody.</param>
    /// <param name="actor">Who asked, for the audit.</param>
    /// <param name="events">Where messages and events lie that name the patient's uploads; null: nobody looks there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many of those events there were.</returns>
    /// <exception cref="RadiomicsException"><c>DecisionIncomplete</c>; <c>PatientHeld</c>: something of the patient is held.</exception>
    public async Task<UndeliveredCounts> EraseAsync(
        PatientTraces traces, string name, string reason, string actor, UndeliveredEvents? events = null, CancellationToken cancellation = default)
    {
        ModelPromotions.RequireDecision(name, reason);
        await RequireFreeAsync(traces, cancellation);
        var id = $"erasure/{Guid.NewGuid():N}";
        var area = await AreaAsync(traces, cancellation);
        await AppendAsync(area, $"{id}/begun", "patient-erasure-begun", actor, [("patient", traces.Patient), ("decidedBy", name.Trim()), ("reason", reason.Trim())], []);
        foreach (var (i, predictions) in traces.Predictions.Chunk(MostIds).Index())
        {
            // All of them, before they go: a record that is gone without such an event is a finding of the audit's verification.
            await AppendAsync(
                area,
                string.Create(CultureInfo.InvariantCulture, $"{id}/predictions/{i}"),
                "predictions-erased",
                actor,
                [("patient", traces.Patient), ("predictions", string.Join(' ', predictions))],
                []);
        }

        var undelivered = events is null ? new(null, null) : await events.RemoveAsync(traces, cancellation);
        foreach (var instance in traces.Instances)
        {
            if (PredictionId.IsValid(instance))
            {
                await purged.MarkAsync(instance);
            }

            await purged.EraseAsync(instance);
        }

        HashSet<string> studies = [.. traces.Studies];
        foreach (var cohort in traces.Cohorts)
        {
            await ReduceCohortAsync(traces, studies, cohort, $"{id}/{cohort}", actor, cancellation);
        }

        foreach (var retraining in traces.Retrainings)
        {
            await ReduceRetrainingAsync(traces, studies, retraining, $"{id}/{retraining.Id}", actor, cancellation);
        }

        foreach (var (container, blob) in traces.Found)
        {
            await store.TryDeleteAsync(container, blob, cancellation);
        }

        await AppendAsync(area, $"{id}/erased", "patient-erased", actor, Tombstone(traces, undelivered), []);
        return undelivered;
    }

    // A name that is no center's may be anything that somebody wrote; nothing was ever made of what came under it, and it has no trail.
    private async Task<string> AreaAsync(PatientTraces traces, CancellationToken cancellation) =>
        traces.Cohorts.Count > 0 || traces.Found.Any(found => found.Container is Containers.Studies or Containers.Features or Containers.Arrivals)
            || (await AuditSegments.ListAsync(store, traces.Center, cancellation)).Count > 0
            ? traces.Center
            : Containers.System;

    private async Task RequireFreeAsync(PatientTraces traces, CancellationToken cancellation)
    {
        HashSet<string> ids = [.. traces.Studies, .. traces.Predictions, .. traces.Uploads];
        if (await holds.TryFindAsync(traces.Center, ids, cancellation) is { } hold)
        {
            throw new RadiomicsException("PatientHeld", $"The {hold.Thing.Kind} {hold.Thing.Id} of this patient is held ({hold.Reason}). Release it first, or leave the patient.");
        }
    }

    private static IEnumerable<(string Kind, string Id)> Tombstone(PatientTraces traces, UndeliveredCounts undelivered)
    {
        yield return ("patient", traces.Patient);
        (string Kind, IReadOnlyCollection<string> Ids)[] lists =
        [
            ("studies", traces.Studies), ("uploads", traces.Uploads), ("predictions", traces.Predictions),
            ("retrainings", [.. traces.Retrainings.Select(retraining => $"{retraining.Center}/{retraining.Id}")]),
            ("models", [.. traces.Models.Where(model => model.Trained).Select(NameOf)]),
            ("modelsTestedWith", [.. traces.Models.Where(model => !model.Trained).Select(NameOf)]),
            ("unreadable", traces.Unreadable),
            ("untoldStudies", traces.UntoldStudies),
            ("untoldUploads", traces.UntoldUploads),
        ];
        foreach (var (kind, ids) in lists.Where(list => list.Ids.Count > 0))
        {
            yield return (kind, string.Join(' ', ids.Take(MostIds)));
            if (ids.Count > MostIds)
            {
                yield return ($"{kind} in all", ids.Count.ToString(CultureInfo.InvariantCulture));
            }
        }

        foreach (var (kind, count) in new[] { ("messages", undelivered.Messages), ("deadLetters", undelivered.DeadLetters) })
        {
            if (count is > 0)
            {
                yield return (kind, count.Value.ToString(CultureInfo.InvariantCulture));
            }
        }

        foreach (var (container, count) in traces.Blobs)
        {
            yield return ($"blobs {container}", count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string NameOf(TracedModel model) => $"{model.Center}/{model.FieldStrength}/{model.Version}";

    private async Task ReduceCohortAsync(PatientTraces traces, HashSet<string> studies, string blob, string eventId, string actor, CancellationToken cancellation)
    {
        while (await store.TryReadAsync(Containers.Cohorts, blob, cancellation) is { } content)
        {
            var cohort = CohortFile.Read(content.Content.ToStream()).Cohort;
            var left = cohort with { Rows = [.. cohort.Rows.Where(row => !(row.Patient is { } of && traces.Pseudonyms.Contains(of)) && !studies.Contains(row.StudyUid))] };
            var reduced = new BinaryData(CohortFile.Write(left));
            var isPinned = CohortStore.IsPinned(blob);
            var sha256 = Digest.Of(reduced);
            await AppendAsync(
                traces.Center,
                eventId,
                "cohort-reduced",
                actor,
                [("cohort", blob), ("patient", traces.Patient)],
                [("before", Digest.Of(content.Content)), ("after", sha256)]);
            if (left.Rows.Count > 0)
            {
                await store.WriteOnceAsync(Containers.Cohorts, CohortStore.PinnedName(traces.Center, sha256), reduced, "text/csv");
            }

            // What is kept by content goes with its content; a cohort with a name goes on without the patient.
            if (isPinned || left.Rows.Count == 0
                ? await store.TryDeleteAsync(Containers.Cohorts, new(blob, default, content.Details.ETag), cancellation)
                : await store.TryReplaceAsync(Containers.Cohorts, blob, reduced, content.Details.ETag, cancellation, "text/csv"))
            {
                return;
            }
        }
    }

    // The plan stays, without the patient: it says which studies of others the models hang on. What was computed of all cases together goes.
    private async Task ReduceRetrainingAsync(PatientTraces traces, HashSet<string> studies, TracedRetraining retraining, string eventId, string actor, CancellationToken cancellation)
    {
        var folder = $"{retraining.Center}/retrainings/{retraining.Id}";
        var plan = await store.TryReadAsync(Containers.Models, $"{folder}/plan.json", cancellation);
        var record = await store.TryReadAsync(Containers.Models, $"{folder}.json", cancellation);
        if (plan is null)
        {
            return;
        }

        var document = BlobStore.Parse<PlanDocument>(plan.Content);
        var reducedPlan = BlobStore.Json(document with
        {
            Groups = [.. document.Groups.Select(group => group with { Cases = [.. group.Cases.Where(planned => !IsOf(traces, studies, group.Center, planned.Case))] })],
            Extractions = [],
            Stability = [],
        });
        await AppendAsync(
            retraining.Center,
            eventId,
            "retraining-reduced",
            actor,
            [("retraining", retraining.Id), .. retraining.Center == traces.Center ? new[] { ("patient", traces.Patient) } : []],
            [("planBefore", Digest.Of(plan.Content)), ("planAfter", Digest.Of(reducedPlan))]);
        await foreach (var part in store.ListAsync(Containers.Models, $"{folder}/", cancellation))
        {
            if (part.Name[(folder.Length + 1)..] is not ("plan.json" or "report.json"))
            {
                await store.TryDeleteAsync(Containers.Models, part, cancellation);
            }
        }

        if (record is not null && BlobStore.Parse<RetrainingStatus>(record.Content) is { Record: { } outcome } status)
        {
            var reduced = status with { Record = outcome with { Findings = [.. outcome.Findings.Where(finding => !studies.Contains(finding.StudyUid))] } };
            await store.TryReplaceAsync(Containers.Models, $"{folder}.json", BlobStore.Json(reduced), record.Details.ETag, cancellation);
        }

        // Last, since it is what the retraining is found by.
        await store.TryReplaceAsync(Containers.Models, $"{folder}/plan.json", reducedPlan, plan.Details.ETag, cancellation);
    }

    private static bool IsOf(PatientTraces traces, HashSet<string> studies, string center, LearningCase planned) =>
        center == traces.Center && (studies.Contains(planned.StudyUid) || (planned.Patient is { } of && traces.Pseudonyms.Contains(of)));

    private Task AppendAsync(string center, string id, string action, string actor, IEnumerable<(string Kind, string Id)> subjects, IEnumerable<(string What, string Sha256)> digests) =>
        trail.AppendAsync(new AuditEvent
        {
            Id = id,
            Center = center,
            Actor = actor,
            Action = action,
            Subjects = subjects.ToDictionary(subject => subject.Kind, subject => subject.Id, StringComparer.Ordinal),
            Digests = digests.ToDictionary(digest => digest.What, digest => digest.Sha256, StringComparer.Ordinal),
        });
}
