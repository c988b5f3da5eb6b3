using System.Globalization;
using System.Text.RegularExpressions;

namespace Radiomics.Pipeline;

/// <summary>Which uploads are later tries with something in quarantine, and which of them was predicted.</summary>
public sealed partial class Resubmissions(BlobStore store, AuditTrail trail)
{
    /// <summary>Writes down that an upload is about to be submitted again, under the next number.</summary>
    /// <param name="entry">What was set aside.</param>
    /// <param name="center">The center that it is submitted for.</param>
    /// <param name="sha256">SHA-256 of what is sent.</param>
    /// <param name="isFixed">Whether that was changed.</param>
    /// <param name="actor">Who does it, for the audit.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Resubmission> AddAsync(QuarantineEntry entry, string center, string sha256, bool isFixed, string actor, CancellationToken cancellation)
    {
        var number = entry.Resubmissions.Count == 0 ? 1 : entry.Resubmissions.Max(earlier => earlier.Number) + 1;
        var resubmission = Describe(entry, center, sha256, isFixed, number);
        while (!await store.WriteJsonOnceAsync(Containers.Quarantine, NameOf(entry.Center, entry.UploadId, number), resubmission))
        {
            resubmission = Describe(entry, center, sha256, isFixed, ++number);
        }

        // The link between what was sent and what comes of it: holds go along it.
        await trail.AppendAsync(
            new AuditEvent
            {
                Id = $"quarantine/{entry.UploadId}/resubmission-{number}",
                Center = entry.Center,
                Actor = actor,
                Action = "upload-resubmitted",
                Subjects = new Dictionary<string, string>
                {
                    ["upload"] = entry.UploadId,
                    ["prediction"] = resubmission.PredictionId,
                    ["failedPrediction"] = entry.PredictionId,
                    ["code"] = entry.Code,
                    ["resubmittedFor"] = center,
                    ["resubmittedUpload"] = resubmission.UploadId,
                    ["fixed"] = isFixed ? "yes" : "no",
                },
                Digests = new Dictionary<string, string> { ["resubmittedUpload"] = sha256 },
            },
            cancellation);
        return resubmission;
    }

    /// <summary>Notes, if a prediction is of a later try with something in quarantine, that this has been resolved; again, it stays as it is.</summary>
    public async Task ResolveAsync(PredictionRequest request, UploadRecord upload)
    {
        if (upload.Container != Containers.Incoming || ResubmittedName().Match(upload.Blob) is not { Success: true } name)
        {
            return;
        }

        var (area, uploadId) = (name.Groups["area"].Value, name.Groups["upload"].Value);
        var link = NameOf(area, uploadId, int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture));

        // A name is whoever's who may write it: the link is the service's own.
        if (await store.TryReadJsonAsync<Resubmission>(Containers.Quarantine, link) is not { } resubmission || resubmission.PredictionId != request.Id)
        {
            return;
        }

        await trail.AppendAsync(new AuditEvent
        {
            Id = request.EventId("resolve"),
            Center = area,
            Actor = "pipeline",
            Action = "quarantine-resolved",
            Subjects = new Dictionary<string, string> { ["upload"] = uploadId, ["prediction"] = request.Id, ["resubmittedUpload"] = resubmission.UploadId },
        });
        await store.WriteJsonOnceAsync(Containers.Quarantine, ResolvedName(area, uploadId), new QuarantineResolution(request.Id));
    }

    /// <summary>Whether a blob of <c>incoming</c> has the name of a later try.</summary>
    internal static bool IsTry(string blob) => ResubmittedName().IsMatch(blob);

    /// <summary>The tries of an upload, and the prediction that resolved it, of the names of its blobs.</summary>
    internal async Task<(IReadOnlyList<Resubmission> All, string? ResolvedBy)> OfAsync(string area, string uploadId, IEnumerable<string> blobs, CancellationToken cancellation)
    {
        List<Resubmission> all = [];
        string? resolvedBy = null;
        foreach (var blob in blobs)
        {
            if (blob.StartsWith($"{area}/{uploadId}/resubmission-", StringComparison.Ordinal) && await store.TryReadJsonAsync<Resubmission>(Containers.Quarantine, blob, cancellation) is { } resubmission)
            {
                all.Add(resubmission);
            }
            else if (blob == ResolvedName(area, uploadId))
            {
                resolvedBy = (await store.TryReadJsonAsync<QuarantineResolution>(Containers.Quarantine, blob, cancellation))?.PredictionId;
            }
        }

        return ([.. all.OrderBy(resubmission => resubmission.Number)], resolvedBy);
    }

    private static Resubmission Describe(QuarantineEntry entry, string center, string sha256, bool isFixed, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"resubmitted/{entry.Center}/{entry.UploadId}-{number}.zip");
        var uploadId = UploadId.OfZip(center, name, sha256);
        return new()
        {
            Number = number,
            Center = center,
            UploadId = uploadId,
            PredictionId = PredictionId.OfUpload(uploadId),
            Blob = $"{center}/{name}",
            Sha256 = sha256,
            Fixed = isFixed,
        };
    }

    private static string NameOf(string area, string uploadId, int number) => string.Create(CultureInfo.InvariantCulture, $"{area}/{uploadId}/resubmission-{number}.json");

    private static string ResolvedName(string area, string uploadId) => $"{area}/{uploadId}/resolved.json";

    [GeneratedRegex(@"^[^/]+/resubmitted/(?<area>[^/]+)/(?<upload>[0-9a-f]{32})-(?<number>[1-9][0-9]{0,6})\.zip\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResubmittedName();

    /// <param name="PredictionId">The prediction that was made of a later try.</param>
    private sealed record QuarantineResolution(string PredictionId);
}
