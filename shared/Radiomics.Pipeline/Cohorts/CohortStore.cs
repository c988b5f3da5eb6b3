using System.Numerics;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Cohorts by name (<c>cohorts/{center}/{name}.csv</c>), mapped; what a retraining began with is kept by content (<c>{center}/by-content/{sha256}.csv</c>).</summary>
public sealed class CohortStore(BlobStore store, UidKey key, UidKeyVersions keys, StudyStore studies, AuditTrail trail)
{
    private const string Mapped = "2.25.";
    private const string Extension = ".csv";
    private const int ParallelStudies = 16;
    private const int MostListed = 200;

    /// <summary>Whether a name can be a cohort's: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, a letter or digit first.</summary>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Name of a cohort's blob.</summary>
    public static string BlobName(string center, string name) => $"{center}/{name}.csv";

    /// <summary>A cohort with mapped identifiers.</summary>
    public static Cohort Map(Cohort cohort, UidKey key, string center) => CohortFile.Map(cohort, key.Map, patient => key.MapPatient(center, patient));

    /// <summary>Reads, checks, maps and stores a cohort; what lay under the name is replaced. Nothing is stored if the report has errors.</summary>
    /// <exception cref="RadiomicsException"><c>CohortNameInvalid</c>.</exception>
    /// <exception cref="UidKeyChangedException">The service has another key than the one its studies were mapped under.</exception>
    public async Task<CohortUpload> PutAsync(string center, string name, Stream csv, CohortIdentity identity, string actor)
    {
        if (!IsValidName(name))
        {
            throw new RadiomicsException("CohortNameInvalid", "A cohort's name has 1 to 64 letters, digits, '-', '_' and '.', and begins with a letter or digit.");
        }

        var (cohort, report) = CohortFile.Read(csv);
        if (identity == CohortIdentity.Original)
        {
            await keys.EnsureCurrentAsync();
            cohort = Map(cohort, key, center);
        }

        IReadOnlyList<CohortFinding> unmapped = identity == CohortIdentity.Mapped ? [.. Unmapped(cohort)] : [];
        report = report with { Findings = [.. report.Findings.Concat(unmapped).Concat(unmapped.Count > 0 ? [] : await MissingAsync(center, cohort)).OrderBy(finding => finding.Line)] };
        if (!report.Usable)
        {
            return new(report, null);
        }

        var content = new BinaryData(CohortFile.Write(cohort));
        var reference = new BlobReference(BlobName(center, name), Digest.Of(content));
        await store.EnsureContainersAsync();
        await KeepAsync(center, reference.Sha256, content);
        await store.Blob(Containers.Cohorts, reference.Blob).UploadAsync(content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/csv" } });
        await trail.AppendAsync(new AuditEvent
        {
            Id = $"cohort/{Guid.NewGuid():N}",
            Center = center,
            Actor = actor,
            Action = "cohort-stored",
            Subjects = new Dictionary<string, string> { ["cohort"] = name },
            Digests = new Dictionary<string, string> { ["cohort"] = reference.Sha256 },
        });
        return new(report, reference);
    }

    /// <summary>The cohort under a name as it is now, pinned: its digest, under which that content stays; null if there is none.</summary>
    /// <exception cref="RadiomicsException"><c>CohortTooLarge</c>; <c>CohortInvalid</c>: it was put there past the door, with identifiers that aren't mapped, of which no copy is made.</exception>
    public async Task<BlobReference?> TryPinAsync(string center, string name)
    {
        if (!IsValidName(name) || await store.TryReadAsync(Containers.Cohorts, BlobName(center, name)) is not { } blob)
        {
            return null;
        }

        var limit = new CohortLimits().MaxBytes;
        if (blob.Details.ContentLength > limit)
        {
            throw new RadiomicsException("CohortTooLarge", $"The cohort is larger than {limit} bytes. Send studies, labels and the covariates that are needed.");
        }

        if (Unmapped(CohortFile.Read(blob.Content.ToStream()).Cohort).FirstOrDefault() is { } unmapped)
        {
            throw new RadiomicsException("CohortInvalid", $"Line {unmapped.Line}: {unmapped.Text}");
        }

        var sha256 = Digest.Of(blob.Content);
        await KeepAsync(center, sha256, blob.Content);
        return new(BlobName(center, name), sha256);
    }

    /// <summary>A center's cohorts by name, the newest first, some of the newest at most.</summary>
    public async Task<IReadOnlyList<StoredCohort>> ListAsync(string center, CancellationToken cancellation = default)
    {
        List<StoredCohort> all = [];
        await foreach (var blob in store.Container(Containers.Cohorts).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{center}/", cancellation).OrNoneAsync(cancellation))
        {
            if (blob.Name.Split('/') is [_, var file] && file.EndsWith(Extension, StringComparison.Ordinal))
            {
                all.Add(new(file[..^Extension.Length], blob.Properties.LastModified!.Value.UtcDateTime, blob.Properties.ContentLength ?? 0));
            }
        }

        return [.. all.OrderByDescending(cohort => cohort.Since).ThenBy(cohort => cohort.Name, StringComparer.Ordinal).Take(MostListed)];
    }

    /// <summary>A pinned cohort.</summary>
    /// <exception cref="RadiomicsException"><c>CohortUnknown</c>: no cohort of this center had this content.</exception>
    public async Task<CohortReading> ReadAsync(string center, string sha256)
    {
        var content = await store.TryReadAsync(Containers.Cohorts, PinnedName(center, sha256))
            ?? throw new RadiomicsException("CohortUnknown", "There is no such cohort of this center. Send the cohort first, then start the retraining.");
        if (Digest.Of(content.Content) != sha256)
        {
            throw AlteredException.OfPart(Containers.Cohorts, PinnedName(center, sha256));
        }

        var reading = CohortFile.Read(content.Content.ToStream());
        return reading with { Report = reading.Report with { Findings = [.. reading.Report.Findings.Concat(Unmapped(reading.Cohort)).OrderBy(finding => finding.Line)] } };
    }

    /// <summary>Name of what is kept by content.</summary>
    internal static string PinnedName(string center, string sha256) => $"{center}/by-content/{sha256}.csv";

    /// <summary>Whether a blob is kept by content.</summary>
    internal static bool IsPinned(string blob) => blob.Split('/') is [_, "by-content", _];

    private Task<bool> KeepAsync(string center, string sha256, BinaryData content) =>
        store.WriteOnceAsync(Containers.Cohorts, PinnedName(center, sha256), content, "text/csv");

    // What mapping makes can be told from what it is made of by form, not by origin: a hospital's own UID may be derived from a UUID, too. It is then a missing study.
    private static IEnumerable<CohortFinding> Unmapped(Cohort cohort)
    {
        foreach (var row in cohort.Rows)
        {
            if (!row.StudyUid.StartsWith(Mapped, StringComparison.Ordinal) || !BigInteger.TryParse(row.StudyUid.AsSpan(Mapped.Length), out var number) || number.GetByteCount(isUnsigned: true) > 16)
            {
                yield return new(row.Line, "StudyNotMapped", FindingSeverity.Error, "The studyUid isn't a mapped one (2.25.…). Send the cohort through the door that maps it, or map it with 'radiomics cohort map'.");
            }

            if (row.Patient is { } patient && !IsPseudonym(patient))
            {
                yield return new(row.Line, "PatientNotMapped", FindingSeverity.Error, "The patient isn't a pseudonym. Send the cohort through the door that maps it, or map it with 'radiomics cohort map'.");
            }
        }
    }

    private static bool IsPseudonym(string patient) =>
        patient.Length == 34 && patient.StartsWith("p-", StringComparison.Ordinal) && patient.Skip(2).All(char.IsAsciiHexDigitLower);

    private async Task<IEnumerable<CohortFinding>> MissingAsync(string center, Cohort cohort)
    {
        var there = new bool[cohort.Rows.Count];
        await Parallel.ForAsync(
            0,
            there.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelStudies },
            async (i, _) => there[i] = await studies.TryFindNewestAsync(center, cohort.Rows[i].StudyUid) is not null);
        return cohort.Rows.Where((_, i) => !there[i]).Select(row => Missing(row.Line));
    }

    /// <summary>The finding that a study isn't there.</summary>
    internal static CohortFinding Missing(int line) =>
        new(line, "StudyMissing", FindingSeverity.Warning, "This study hasn't been uploaded, or could not be read; it is left out until it is there.");
}

/// <summary>What became of a cohort that was sent.</summary>
/// <param name="Report">What was found in it.</param>
/// <param name="Cohort">The stored cohort; null if the report has errors.</param>
public sealed record CohortUpload(CohortReport Report, BlobReference? Cohort);

/// <summary>A cohort that is stored under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Since">When it was last sent, UTC.</param>
/// <param name="Bytes">Its size.</param>
public sealed record StoredCohort(string Name, DateTime Since, long Bytes);

/// <summary>What the identifiers of a cohort are.</summary>
public enum CohortIdentity
{
    /// <summary>StudyInstanceUIDs and patient ids as the hospital has them; they are mapped on the way in.</summary>
    Original,

    /// <summary>Mapped before, by <c>radiomics cohort map</c>.</summary>
    Mapped,
}
