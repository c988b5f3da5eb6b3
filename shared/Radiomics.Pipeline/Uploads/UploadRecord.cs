using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>Where an upload lies (<c>uploads/{uploadId}.json</c>): the one place that knows its name. Written once.</summary>
public sealed record UploadRecord
{
    /// <summary>The upload.</summary>
    public required string UploadId { get; init; }

    /// <summary>The center as sent, known or not.</summary>
    public required string Center { get; init; }

    /// <summary>Zip or folder.</summary>
    public required UploadKind Kind { get; init; }

    /// <summary><c>incoming</c> or <c>requests</c>.</summary>
    public required string Container { get; init; }

    /// <summary>Blob name of a zip; prefix, with its closing slash, of a folder.</summary>
    public required string Blob { get; init; }

    /// <summary>Digest of the content; of a folder, of its files' names and digests.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The files, in ordinal order of their names; a zip is one.</summary>
    public required IReadOnlyList<UploadFile> Files { get; init; }

    /// <summary>Id of the DICOM service that it was fetched from (<see cref="DicomSource.Id"/>) and its report returns to; null for any other upload.</summary>
    public string? DicomService { get; init; }

    /// <summary>The upload that a zip's bytes are when they come as a request's body; null of a folder, and of a study that was fetched.</summary>
    internal string? BodyId => Kind == UploadKind.Zip && DicomService is null ? Pipeline.UploadId.OfZip(Center, "", Sha256) : null;

    /// <summary>Digest of a folder: of its files' names and digests.</summary>
    public static string FolderSha256(IEnumerable<UploadFile> files) => Digest.OfParts(files.SelectMany(file => new[] { file.Name, file.Sha256 }));

    /// <summary>
    /// Whether the record is the one that its id stands for: the id is a digest of what it says. Of a study that was fetched, it is one of the study's UID, too, which the record doesn't hold.
    /// </summary>
    public bool IsOfItsId()
    {
        var (isZip, isRequest) = (Kind == UploadKind.Zip, Container == Containers.Requests);
        if (Sha256 != (isZip ? Files.Count == 1 ? Files[0].Sha256 : "" : FolderSha256(Files)))
        {
            return false;
        }

        var name = isRequest ? ""
            : !Blob.StartsWith($"{Center}/", StringComparison.Ordinal) ? null
            : isZip ? Blob[(Center.Length + 1)..]
            : Blob[(Center.Length + 1)..^1];
        return name is not null && (DicomService is not null || UploadId == (isZip ? Pipeline.UploadId.OfZip(Center, name, Sha256) : Pipeline.UploadId.OfFolder(Center, name, Sha256)));
    }

    /// <summary>Prediction of the upload that lay under the same name before; null if there was none.</summary>
    public string? Supersedes { get; init; }
}

/// <summary>One file of an upload.</summary>
/// <param name="Name">Relative to <see cref="UploadRecord.Blob"/>; empty for a zip.</param>
/// <param name="ETag">Version that was hashed.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Digest of the content.</param>
/// <param name="Md5">What the blob's Content-MD5 says that its sender sent, base64; null if it says nothing.</param>
public sealed record UploadFile(
    string Name,
    string ETag,
    long Bytes,
    string Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Md5 = null);
