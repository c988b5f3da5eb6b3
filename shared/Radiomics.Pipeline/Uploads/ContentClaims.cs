using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Makes one upload of the same zip by two doors, as a blob and as a request's body: whichever comes first claims the content for a center (<c>uploads/by-content/{digest}.json</c>). Two
/// names are two uploads. Records are written before claims, so that a claim never stands for what isn't there yet; one that stands for what is gone is taken over.
/// </summary>
public sealed class ContentClaims(BlobStore store, UploadStore uploads)
{
    private const string Folder = "by-content/";

    /// <summary>What stands for the bytes of an upload.</summary>
    internal async Task<ContentClaim> LookAsync(UploadRecord upload)
    {
        if (await store.TryReadAsync(Containers.Uploads, NameOf(upload)) is not { } blob)
        {
            // A body that came before there were claims.
            return new(IsBody(upload) ? null : await TryGetAsync(upload.BodyId!, upload), IsDecided: false, null);
        }

        return TryParse(blob.Content) is not { } first ? new(null, IsDecided: false, blob.Details.ETag)
            : first == upload.UploadId ? new(null, IsDecided: true, blob.Details.ETag)
            : await TryGetAsync(first, upload) is not { } other ? new(null, IsDecided: false, blob.Details.ETag)
            : new(IsBody(upload) || IsBody(other) ? other : null, IsDecided: true, blob.Details.ETag);
    }

    /// <summary>Claims the bytes of an upload, whose record is written, for it. Returns the upload that they belong to instead; null: they are its own.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="seen">What stood for its bytes.</param>
    internal async Task<UploadRecord?> ClaimAsync(UploadRecord upload, ContentClaim seen)
    {
        var claim = BlobStore.Json(new UploadPointer(upload.UploadId, Center: upload.Center));
        while (seen is { IsDecided: false, Other: null } && !await store.TryReplaceAsync(Containers.Uploads, NameOf(upload), claim, seen.Version))
        {
            seen = await LookAsync(upload);
        }

        return seen.Other;
    }

    /// <summary>The prediction of a zip that lies in <c>incoming</c>, or will: its own, unless the same bytes have come as a request's body.</summary>
    /// <param name="center">The center.</param>
    /// <param name="name">Blob name below the center.</param>
    /// <param name="sha256">Digest of the content.</param>
    public async Task<string> PredictionIdAsync(string center, string name, string sha256)
    {
        var upload = new UploadRecord
        {
            UploadId = UploadId.OfZip(center, name, sha256),
            Center = center,
            Kind = UploadKind.Zip,
            Container = Containers.Incoming,
            Blob = $"{center}/{name}",
            Sha256 = sha256,
            Files = [],
        };
        return PredictionId.OfUpload((await LookAsync(upload)).Other?.UploadId ?? upload.UploadId);
    }

    /// <summary>Whether a blob of <c>uploads</c> is a claim of content.</summary>
    internal static bool IsClaim(string blob) => blob.StartsWith(Folder, StringComparison.Ordinal);

    // What a claim says is whoever's who may write it: an upload of other bytes, or of another center, is never taken for this one. What can't be read stands for nothing.
    private async Task<UploadRecord?> TryGetAsync(string uploadId, UploadRecord same)
    {
        try
        {
            return await uploads.TryGetAsync(uploadId) is { Kind: UploadKind.Zip, DicomService: null } other
                && (other.UploadId, other.Center, other.Sha256) == (uploadId, same.Center, same.Sha256) && other.IsOfItsId()
                && await StandsAsync(other)
                    ? other
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TryParse(BinaryData json)
    {
        try
        {
            return BlobStore.Parse<UploadPointer>(json).UploadId is { } id && UploadId.IsValid(id) ? id : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    // An answer that is about the blob, and not about its bytes, is none to whoever sends them by another door.
    private async Task<bool> StandsAsync(UploadRecord upload)
    {
        var id = PredictionId.OfUpload(upload.UploadId);
        var final = await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, PredictionStore.RecordName(upload.Center, id))
            ?? await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, PredictionStore.RecordName(Containers.System, id));
        return final switch
        {
            { Error.Code: "UploadChanged" or "DigestMismatch" } => false,
            { Error: not { IsFault: true } } => true,
            _ => await IsThereAsync(upload),
        };
    }

    private async Task<bool> IsThereAsync(UploadRecord upload)
    {
        var (file, blob) = (upload.Files[0], store.Blob(upload.Container, upload.Blob));
        try
        {
            var there = (await blob.GetPropertiesAsync()).Value;
            if (IsBody(upload) || there.ETag.ToString() == file.ETag)
            {
                return true;
            }

            // Written again since, maybe the same.
            if (there.ContentLength != file.Bytes)
            {
                return false;
            }

            using var download = (await blob.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = there.ETag } })).Value;
            return await Digest.OfStreamAsync(download.Content) == upload.Sha256;
        }
        catch (RequestFailedException e) when (e.IsNotFound() || e.IsOtherVersion())
        {
            return false;
        }
    }

    private static bool IsBody(UploadRecord upload) => upload.UploadId == upload.BodyId;

    private static string NameOf(UploadRecord upload) => $"{Folder}{Digest.OfParts("content", upload.Center, upload.Sha256)}.json";
}

/// <summary>What stands for some bytes.</summary>
/// <param name="Other">The upload that they are in place of the one that asks; null: that one.</param>
/// <param name="IsDecided">Whether a claim says so.</param>
/// <param name="Version">Version of the claim, which may be one of something that is gone; null if there is none.</param>
internal sealed record ContentClaim(UploadRecord? Other, bool IsDecided, ETag? Version);
