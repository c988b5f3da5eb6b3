namespace Radiomics.Pipeline;

/// <summary>
/// Names an upload by what it is: SHA-256 over center, name and content, so that the same bytes under the same name are the same upload
/// through whichever door. 32 hex digits; says nothing of the name it was made from.
/// </summary>
public static class UploadId
{
    private const int Length = 32;

    /// <summary>Of a zip.</summary>
    /// <param name="center">The center as sent.</param>
    /// <param name="name">Blob name below the center; empty for a body sent by HTTP.</param>
    /// <param name="sha256">Digest of the content.</param>
    public static string OfZip(string center, string name, string sha256) =>
        Digest.OfParts("upload", "zip", center, name, sha256)[..Length];

    /// <summary>Of a folder: the digest of its files' names and digests stands for the content.</summary>
    public static string OfFolder(string center, string name, string sha256) =>
        Digest.OfParts("upload", "folder", center, name, sha256)[..Length];

    /// <summary>Of a study fetched from a DICOM service.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sha256">Digest of the zip that its instances were put into.</param>
    public static string OfDicomStudy(ArrivalKey study, string sha256) =>
        Digest.OfParts("upload", "dicom", study.Center, study.Service, study.StudyUid, sha256)[..Length];

    /// <summary>Whether a string has the form of an upload id.</summary>
    public static bool IsValid(string id) => id.Length == Length && id.All(char.IsAsciiHexDigitLower);
}
