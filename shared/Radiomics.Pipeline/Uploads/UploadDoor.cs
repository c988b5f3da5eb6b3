using Azure;
using Azure.Storage.Blobs.Models;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Takes uploads in: finds out what they are, byte by byte, and records where they lie. Content is streamed, never held in memory.</summary>
public sealed class UploadDoor(BlobStore store, UploadStore uploads)
{
    private const int Attempts = 10;
    private const int ParallelFiles = 4;

    private readonly ContentClaims _contents = new(store, uploads);

    /// <summary>
    /// Takes in what lies in <c>incoming</c> under a name; null if nothing does (any more), or nothing closes the folder. Of a zip that came as a request's body before, that upload.
    /// </summary>
    /// <exception cref="IOException">The upload is being rewritten all the time.</exception>
    public async Task<UploadRecord?> ReceiveAsync(UploadName name, CancellationToken cancellation = default)
    {
        await store.EnsureContainersAsync();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                var files = name.Kind == UploadKind.Zip ? await HashZipAsync(name, cancellation) : await HashFolderAsync(name, cancellation);
                return files is null ? null : await RecordAsync(Describe(name, files), $"{name.Kind}/{name.Name}");
            }
            catch (RequestFailedException e) when (e.IsOtherVersion())
            {
                // Rewritten while it was being read: what counts is what lies there now.
            }
            catch (RequestFailedException e) when (e.IsNotFound())
            {
                return null;
            }
        }

        throw new IOException("An upload changed each time it was read.");
    }

    /// <summary>Takes in the body of a request, which has been written to a file and hashed. What lies in <c>incoming</c>, or has its prediction from there, is that upload.</summary>
    public async Task<UploadRecord> ReceiveAsync(string center, FileInfo zip, string sha256)
    {
        await store.EnsureContainersAsync();
        var uploadId = UploadId.OfZip(center, "", sha256);
        var upload = new UploadRecord
        {
            UploadId = uploadId,
            Center = center,
            Kind = UploadKind.Zip,
            Container = Containers.Requests,
            Blob = $"{center}/{uploadId}.zip",
            Sha256 = sha256,
            Files = [new UploadFile("", "", zip.Length, sha256)],
        };
        var seen = await _contents.LookAsync(upload);
        if (seen.Other is { } other)
        {
            return other;
        }

        await KeepAsync(upload.Blob, zip);
        upload = await uploads.RecordOnceAsync(upload);
        return await _contents.ClaimAsync(upload, seen) ?? upload;
    }

    /// <summary>Takes in a study that was fetched from a DICOM service, as a zip. It supersedes what was fetched of the same study before, unless that is the same.</summary>
    public async Task<UploadRecord> ReceiveAsync(ArrivalKey study, FileInfo zip, string sha256)
    {
        var uploadId = UploadId.OfDicomStudy(study, sha256);
        var blob = $"{study.Center}/{uploadId}.zip";
        await KeepAsync(blob, zip);
        var upload = new UploadRecord
        {
            UploadId = uploadId,
            Center = study.Center,
            Kind = UploadKind.Zip,
            Container = Containers.Requests,
            Blob = blob,
            Sha256 = sha256,
            Files = [new UploadFile("", "", zip.Length, sha256)],
            DicomService = study.Service,
        };
        return await uploads.RecordAsync(upload, $"DicomStudy/{study.Service}/{study.StudyUid}");
    }

    /// <summary>The upload that lies in <c>incoming</c> under a name, without taking it in; null if nothing does, or it is being rewritten.</summary>
    internal async Task<string?> IdentifyAsync(UploadName name, CancellationToken cancellation)
    {
        try
        {
            var files = name.Kind == UploadKind.Zip ? await HashZipAsync(name, cancellation) : await HashFolderAsync(name, cancellation);
            return files is null ? null : Describe(name, files).UploadId;
        }
        catch (RequestFailedException e) when (e.IsOtherVersion() || e.IsNotFound())
        {
            return null;
        }
    }

    private async Task<UploadRecord> RecordAsync(UploadRecord upload, string name)
    {
        // A later try with something in quarantine is meant to be another prediction of the same bytes.
        if (upload.Kind != UploadKind.Zip || Resubmissions.IsTry(upload.Blob))
        {
            return await uploads.RecordAsync(upload, name);
        }

        var seen = await _contents.LookAsync(upload);
        upload = await uploads.RecordAsync(upload, name, seen.Other?.UploadId);
        if (await _contents.ClaimAsync(upload, seen) is not { } other)
        {
            return upload;
        }

        await uploads.RecordAsync(upload, name, other.UploadId);
        return other;
    }

    /// <summary>Its name is a digest of it: what is there already isn't sent again, which would leave it with the account as blocks of nothing.</summary>
    private async Task KeepAsync(string blob, FileInfo zip)
    {
        if (!await store.Blob(Containers.Requests, blob).ExistsAsync())
        {
            await store.WriteOnceAsync(Containers.Requests, blob, zip, "application/zip");
        }
    }

    private static UploadRecord Describe(UploadName name, IReadOnlyList<UploadFile> files)
    {
        var isZip = name.Kind == UploadKind.Zip;
        var sha256 = isZip ? files[0].Sha256 : UploadRecord.FolderSha256(files);
        return new UploadRecord
        {
            UploadId = isZip ? UploadId.OfZip(name.Center, name.Name, sha256) : UploadId.OfFolder(name.Center, name.Name, sha256),
            Center = name.Center,
            Kind = name.Kind,
            Container = Containers.Incoming,
            Blob = name.Blob,
            Sha256 = sha256,
            Files = files,
        };
    }

    private async Task<IReadOnlyList<UploadFile>> HashZipAsync(UploadName name, CancellationToken cancellation)
    {
        var properties = (await store.Blob(Containers.Incoming, name.Blob).GetPropertiesAsync(cancellationToken: cancellation)).Value;
        return [await HashAsync(name.Blob, "", properties.ETag, cancellation)];
    }

    /// <summary>Null if nothing closes the folder.</summary>
    private async Task<IReadOnlyList<UploadFile>?> HashFolderAsync(UploadName name, CancellationToken cancellation)
    {
        List<(string Name, ETag Version)> found = [];
        var isClosed = false;
        try
        {
            await foreach (var blob in store.ItemsAsync(Containers.Incoming, name.Blob, cancellation, isWhole: true))
            {
                if (blob.Name[name.Blob.Length..] is not "_ready" and var file)
                {
                    found.Add((file, blob.Properties.ETag!.Value));
                }
                else
                {
                    isClosed = true;
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new RadiomicsException("InvalidBlobName", "A file of the folder has a name with control characters, which can't be listed here. Name it otherwise, and write '_ready' again.", e);
        }

        if (!isClosed)
        {
            return null;
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var hashed = new UploadFile[found.Count];
        await Parallel.ForAsync(
            0,
            found.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = cancellation },
            async (i, token) => hashed[i] = await HashAsync(name.Blob + found[i].Name, found[i].Name, found[i].Version, token));
        return hashed;
    }

    private async Task<UploadFile> HashAsync(string blob, string name, ETag version, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = version } };
        using var download = (await store.Blob(Containers.Incoming, blob).DownloadStreamingAsync(options, cancellation)).Value;
        var sha256 = await Digest.OfStreamAsync(download.Content, cancellation);
        var md5 = download.Details.ContentHash is { Length: > 0 } hash ? Convert.ToBase64String(hash) : null;
        return new UploadFile(name, version.ToString(), download.Details.ContentLength, sha256, md5);
    }
}
