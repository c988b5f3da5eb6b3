using System.Security.Cryptography;
using Azure;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Brings an upload's bytes to this machine for ingest, and checks that they are still the ones that were taken in.</summary>
public sealed class UploadReader(BlobStore store, TemporaryStorage temporary, RadiomicsOptions options)
{
    private const int ParallelFiles = 4;

    /// <summary>Opens an upload; disposing what is returned deletes the local copy.</summary>
    /// <exception cref="RadiomicsException"><c>UploadChanged</c>, <c>DigestMismatch</c>, <c>ArchiveTooLarge</c>, and what the sources throw.</exception>
    /// <exception cref="TemporarySpaceException">There is no room for it on this machine.</exception>
    public async Task<OpenUpload> OpenAsync(UploadRecord upload)
    {
        if (upload.Files.Sum(file => file.Bytes) > options.Archive.MaxTotalBytes || upload.Files.Count > options.Archive.MaxEntries)
        {
            throw new RadiomicsException(
                "ArchiveTooLarge",
                $"The upload is larger than {options.Archive.MaxTotalBytes} bytes or {options.Archive.MaxEntries} files. Send one study per upload, without other files, or ask for a higher limit.");
        }

        var folder = temporary.NewFolder();
        try
        {
            await folder.ReserveAsync(upload.Files.Sum(file => file.Bytes));
            var files = upload.Files.Select((file, i) => (Content: file, Local: folder.File($"{i}"))).ToList();
            await Parallel.ForEachAsync(
                files,
                new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles },
                async (file, _) => await DownloadAsync(upload, file.Content, folder, file.Local.Name));
            return upload.Kind == UploadKind.Zip
                ? OpenUpload.Zip(folder, files[0].Local, options.Archive)
                : OpenUpload.Files(folder, files.Select(file => new ListedFile(file.Content.Name, () => file.Local.OpenRead())), options.Archive);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private async Task DownloadAsync(UploadRecord upload, UploadFile file, TemporaryFolder folder, string local)
    {
        try
        {
            using var download = (await store.Blob(upload.Container, upload.Blob + file.Name).DownloadStreamingAsync()).Value;
            await using var target = folder.Create(local);
            var left = file.Bytes;
            using var md5 = file.Md5 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            if (await Digest.OfCopyAsync(download.Content, target, bytes => left = left >= bytes ? left - bytes : throw Changed(), md5 is null ? [] : [md5]) != file.Sha256)
            {
                throw Changed();
            }

            if (md5 is not null && Convert.ToBase64String(md5.GetHashAndReset()) != file.Md5)
            {
                throw new RadiomicsException("DigestMismatch", "A file of the upload isn't what its sender sent: its Content-MD5 says so. Send it again.");
            }
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            throw Changed();
        }
    }

    private static RadiomicsException Changed() =>
        new("UploadChanged", "The upload was replaced or removed before it could be read. What lies there now is predicted on its own; send the study again if there is nothing.");
}
