using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>First step: fixes cohorts, profile, studies, splits and what is to be extracted.</summary>
public sealed class RetrainingPlanning(
    RetrainingBlobs blobs,
    CohortStore cohorts,
    StudyStore studies,
    FeatureStore features,
    CenterProfiles profiles,
    ProfileStore pinned,
    RetrainingAudit audit,
    TurnOptions turns)
{
    private const int ExtractionsPerBatch = 8;
    private const int StabilityPerBatch = 2;
    private const int ParallelBlobs = 16;

    /// <summary>Plans a retraining; run again, it gives the first run's plan.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>UnknownCenter</c>, <c>CohortUnknown</c>, <c>CohortInvalid</c>, <c>CohortTooSmall</c>, <c>InvalidProtocol</c>.
    /// </exception>
    public async Task<RetrainingPlan> PlanAsync(RetrainingRequest request)
    {
        ProtocolCheck.Require(request.Protocol);
        await audit.PooledAsync(request);
        if (await blobs.TryFindAsync(request, "plan") is null)
        {
            await FixAsync(request);
        }

        var reference = (await blobs.TryFindAsync(request, "plan"))!;
        var document = await blobs.ReadAsync<PlanDocument>(reference);
        var plan = new RetrainingPlan
        {
            Plan = reference,
            ExtractionBatches = document.Extractions.Count,
            StabilityBatches = document.Stability.Count,
            StepsAtOnce = turns.RetrainingSteps,
            Groups = [.. document.Groups.Where(group => group.Trained).Select(Sum)],
            Report = (await blobs.TryFindAsync(request, "report"))!,
        };
        await audit.PlannedAsync(request, plan);
        return plan;
    }

    private static RetrainingGroup Sum(PlannedGroup group) => new(
        group.FieldStrength,
        group.Sequences,
        group.Cases.Count,
        group.Cases.Count(planned => planned.Case.Label),
        group.Cases.Count(planned => planned.Case.Split == CohortSplit.Test));

    private async Task FixAsync(RetrainingRequest request)
    {
        var profileSha256 = await pinned.PinAsync(request.Center);
        var settingsHash = (await pinned.GetAsync(request.Center, profileSha256)).Settings.ComputeHash();
        var read = await ReadCohortsAsync(request);
        var covariates = CohortCovariates.Of(read[0].Reading.Cohort, [.. read.Skip(1).Select(other => other.Reading.Cohort)]);
        List<CohortFinding> found = [];
        List<PlannedGroup> groups = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var cohort in read)
        {
            // A patient of two cohorts counts in the first: pooled, a model would otherwise be tested on whom it was trained on.
            var own = cohort == read[0];
            IReadOnlyList<LocatedStudy> located = [.. (await LocateAsync(cohort, covariates, settingsHash)).Where(study => !seen.Contains(study.Row.StudyUid) && !seen.Contains(study.Row.Patient ?? ""))];
            seen.UnionWith(located.SelectMany(study => new[] { study.Row.StudyUid, study.Row.Patient ?? study.Row.StudyUid }));
            found.AddRange(PlannedGroups.Findings(located, own ? "" : $"Cohort {cohort.Pinned.Blob}: "));
            groups.AddRange(PlannedGroups.Of(cohort.Pinned.Center, located, request.Protocol));
        }

        groups = PlannedGroups.Choose(groups, request, found);
        var report = read[0].Reading.Report;
        var document = new PlanDocument
        {
            ProfileSha256 = profileSha256,
            SettingsHash = settingsHash,
            EngineVersion = FeatureExtractor.EngineVersion,
            LearningVersion = LearningVersion.Current,
            Cohorts = [.. read.Select(cohort => cohort.Pinned)],
            Covariates = read[0].Reading.Cohort.Covariates,
            CovariateColumns = covariates.Names,
            Groups = groups,
            Extractions = await MissingAsync(groups),
            Stability = [.. Sampled(groups, request.Protocol).Chunk(StabilityPerBatch)],
        };
        await blobs.KeepAsync(request, "report", report with { Findings = [.. report.Findings.Concat(found).OrderBy(finding => finding.Line)] });
        await blobs.KeepAsync(request, "plan", document);
    }

    private async Task<List<ReadCohort>> ReadCohortsAsync(RetrainingRequest request)
    {
        List<ReadCohort> read = [new(new(request.Center, request.Cohort, request.CohortSha256), await cohorts.ReadAsync(request.Center, request.CohortSha256))];
        foreach (var other in request.Pool.Distinct(StringComparer.Ordinal))
        {
            var (center, name) = other.Split('/') is [var first, var second] ? (profiles.Get(first).Center, second) : throw UnknownPool();
            var cohort = await cohorts.TryPinAsync(center, name) ?? throw UnknownPool();
            if (cohort.Blob != request.Cohort)
            {
                read.Add(new(new(center, cohort.Blob, cohort.Sha256), await cohorts.ReadAsync(center, cohort.Sha256)));
            }
        }

        var unusable = read.FirstOrDefault(cohort => !cohort.Reading.Report.Usable);
        return unusable?.Reading.Report.Findings.First(finding => finding.Severity == FindingSeverity.Error) is { } error
            ? throw new RadiomicsException("CohortInvalid", $"The cohort {unusable.Pinned.Blob} can't be used. {(error.Line > 0 ? $"Line {error.Line}: " : "")}{error.Text}")
            : read;
    }

    private static RadiomicsException UnknownPool() =>
        new("CohortUnknown", "A cohort to pool with isn't there. Name it as center/name, and send it first.");

    private async Task<IReadOnlyList<LocatedStudy>> LocateAsync(ReadCohort cohort, CohortCovariates covariates, string settingsHash)
    {
        var located = new LocatedStudy[cohort.Reading.Cohort.Rows.Count];
        await Parallel.ForAsync(0, located.Length, new ParallelOptions { MaxDegreeOfParallelism = ParallelBlobs }, async (i, _) =>
        {
            var row = cohort.Reading.Cohort.Rows[i];
            var manifest = (await studies.TryGetNewestAsync(cohort.Pinned.Center, row.StudyUid))?.Manifest;
            var sequences = new SortedDictionary<string, PlannedSequence>(StringComparer.Ordinal);
            foreach (var sequence in manifest?.Sequences ?? [])
            {
                sequences.Add(sequence.Name, Plan(cohort.Pinned.Center, row.StudyUid, sequence, settingsHash));
            }

            located[i] = new(row, manifest, covariates.Row(cohort.Reading.Cohort, row), sequences);
        });
        return located;
    }

    private static PlannedSequence Plan(string center, string studyUid, ManifestSequence sequence, string settingsHash) => new(
        sequence.Volume,
        sequence.Roi,
        FeatureStore.NameOf(center, studyUid, sequence.Name, sequence.Volume.Sha256, sequence.Roi.Sha256, settingsHash));

    private async Task<IReadOnlyList<PlannedItem[]>> MissingAsync(List<PlannedGroup> groups)
    {
        PlannedItem[] all =
        [
            .. from g in Enumerable.Range(0, groups.Count)
               from c in Enumerable.Range(0, groups[g].Cases.Count)
               from sequence in groups[g].Sequences
               where groups[g].Cases[c].Sequences.ContainsKey(sequence)
               select new PlannedItem(g, c, sequence),
        ];
        var there = new bool[all.Length];
        await Parallel.ForAsync(
            0,
            all.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelBlobs },
            async (i, _) => there[i] = await features.ExistsAsync(groups[all[i].Group].Cases[all[i].Case].Sequences[all[i].Sequence].Features));
        return [.. all.Where((_, i) => !there[i]).Chunk(ExtractionsPerBatch)];
    }

    private static IEnumerable<PlannedItem> Sampled(List<PlannedGroup> groups, ProtocolSettings protocol) =>
        from g in Enumerable.Range(0, groups.Count)
        where groups[g].Trained && protocol.StabilityPatients > 0
        from sequence in groups[g].Sequences
        from sampled in SequenceDataSource.Sample(groups[g], sequence, protocol)
        select new PlannedItem(g, groups[g].Cases.ToList().IndexOf(sampled), sequence);

    private sealed record ReadCohort(PlannedCohort Pinned, CohortReading Reading);
}
