namespace Radiomics.Pipeline;

/// <summary>What the name of a blob in <c>incoming</c> says: whose it is, and whether it completes an upload.</summary>
/// <param name="Center">First part of the name, as sent.</param>
/// <param name="Name">The rest: a zip's name, or a folder's without <c>/_ready</c>. May hold a patient's name.</param>
/// <param name="Kind">Zip or folder.</param>
public sealed record UploadName(string Center, string Name, UploadKind Kind)
{
    private const string ZipEnding = ".zip";
    private const string ReadyEnding = "/_ready";

    /// <summary>The whole blob name (zip) or its prefix, with a closing slash (folder).</summary>
    public string Blob => Kind == UploadKind.Zip ? $"{Center}/{Name}" : $"{Center}/{Name}/";

    /// <summary>The name of a blob that completes an upload: <c>{center}/…zip</c> or <c>{center}/{folder}/_ready</c>; null for any other.</summary>
    public static UploadName? TryParse(string blob)
    {
        var slash = blob.IndexOf('/');
        if (slash <= 0)
        {
            return null;
        }

        var (center, rest) = (blob[..slash], blob[(slash + 1)..]);
        if (rest.EndsWith(ReadyEnding, StringComparison.Ordinal) && rest.Length > ReadyEnding.Length)
        {
            return new(center, rest[..^ReadyEnding.Length], UploadKind.Folder);
        }

        return rest.EndsWith(ZipEnding, StringComparison.OrdinalIgnoreCase) && rest.Length > ZipEnding.Length && !rest.EndsWith('/' + ZipEnding, StringComparison.OrdinalIgnoreCase)
            ? new(center, rest, UploadKind.Zip)
            : null;
    }

    /// <summary>The same of a center's own blob, named by somebody who may only name those; null for another center's, and for a name with parts <c>.</c> or <c>..</c>.</summary>
    public static UploadName? TryParse(string blob, string center) =>
        TryParse(blob) is { } name && name.Center == center && !name.Blob.Split('/').Any(part => part is "." or "..") ? name : null;
}

/// <summary>The forms of an upload.</summary>
public enum UploadKind
{
    /// <summary>One archive.</summary>
    Zip,

    /// <summary>A folder of files, closed by <c>_ready</c>.</summary>
    Folder,
}
