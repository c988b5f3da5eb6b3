using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Keeps what could not be used, untouched, with the reason: <c>{center}/{uploadId}/</c>. The upload itself stays where it was. What came by HTTP or from a DICOM service isn't copied: it lies
/// in <c>requests</c>, where nobody but the service writes, under a name that is a digest of it, and stays there as long as the reason does.
/// </summary>
public sealed class QuarantineStore(BlobStore store)
{
    /// <summary>Copies an upload, if somebody else may replace it, and writes <c>reason.json</c>. Files are numbered: their names hold patient names.</summary>
    public async Task KeepAsync(PredictionRequest request, UploadRecord upload, PredictionError error)
    {
        var folder = $"{request.Center}/{upload.UploadId}";
        var isCopied = upload.Container != Containers.Requests;
        for (var i = 0; i < upload.Files.Count && isCopied; i++)
        {
            var name = upload.Kind == UploadKind.Zip ? "upload.zip" : $"files/{i:00000}";
            await CopyAsync(upload, upload.Files[i], $"{folder}/{name}");
        }

        await store.WriteJsonOnceAsync(Containers.Quarantine, $"{folder}/reason.json", new QuarantineReason
        {
            Code = error.Code,
            Detail = error.Detail,
            UploadId = upload.UploadId,
            PredictionId = request.Id,
            Copied = isCopied,
            UploadSha256 = upload.Sha256,
        });
    }

    /// <summary>Whether it holds the reason why an upload could not be used.</summary>
    internal static async Task<bool> HoldsAsync(BlobStore store, string area, string uploadId, CancellationToken cancellation) =>
        await store.Blob(Containers.Quarantine, ReasonName(area, uploadId)).ExistsAsync(cancellation);

    /// <summary>Name of the blob that says why an upload is in quarantine.</summary>
    internal static string ReasonName(string center, string uploadId) => $"{center}/{uploadId}/reason.json";

    private async Task CopyAsync(UploadRecord upload, UploadFile file, string target)
    {
        try
        {
            // The version that was hashed, where one is known: what replaced it since is not what could not be used.
            var source = await store.Blob(upload.Container, upload.Blob + file.Name).DownloadStreamingAsync(new BlobDownloadOptions
            {
                Conditions = file.ETag.Length > 0 ? new BlobRequestConditions { IfMatch = new ETag(file.ETag) } : null,
            });
            using var content = source.Value;
            await store.Blob(Containers.Quarantine, target).UploadAsync(content.Content, new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            });
        }
        catch (RequestFailedException e) when (e.IsNotFound() || e.IsRefusedCondition())
        {
            // Copied before, or gone or replaced since: there is nothing (more) to keep.
        }
    }
}
