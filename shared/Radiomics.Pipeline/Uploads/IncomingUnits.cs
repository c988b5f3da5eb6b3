namespace Radiomics.Pipeline;

/// <summary>What lies in <c>incoming</c>, sorted into uploads and what is none.</summary>
/// <param name="Name">What the unit's name says; null: it completes no upload.</param>
/// <param name="Path">The blob's name, or the folder's with its closing slash.</param>
/// <param name="Blobs">Its blobs.</param>
internal sealed record IncomingUnit(UploadName? Name, string Path, IReadOnlyList<FoundBlob> Blobs)
{
    private const string Ready = "/_ready";

    /// <summary>First part of the name, as sent; empty where a blob lies below none.</summary>
    public string Center => Path.IndexOf('/') is > 0 and var slash ? Path[..slash] : "";

    /// <summary>Sorts blobs: folders closed by <c>_ready</c> with all that is below them, zips elsewhere, and the rest by the folder it lies in.</summary>
    public static IReadOnlyList<IncomingUnit> Sort(IReadOnlyList<FoundBlob> blobs)
    {
        var closed = blobs
            .Where(blob => UploadName.TryParse(blob.Name) is { Kind: UploadKind.Folder })
            .Select(blob => blob.Name[..^(Ready.Length - 1)])
            .ToHashSet(StringComparer.Ordinal);
        return [.. blobs.GroupBy(blob => PathOf(blob.Name, closed), StringComparer.Ordinal).Select(group => new IncomingUnit(NameOf(group.Key, closed), group.Key, Ordered([.. group])))];
    }

    // The outermost closed folder: what is below it is read with it.
    private static string PathOf(string name, HashSet<string> closed)
    {
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (closed.Contains(name[..(slash + 1)]))
            {
                return name[..(slash + 1)];
            }
        }

        return UploadName.TryParse(name) is { Kind: UploadKind.Zip } ? name : name[..(name.LastIndexOf('/') + 1)];
    }

    private static UploadName? NameOf(string path, HashSet<string> closed) =>
        closed.Contains(path) ? UploadName.TryParse($"{path[..^1]}{Ready}") : UploadName.TryParse(path);

    // What closes a folder goes first: a part of a study must never look like a whole one.
    private static FoundBlob[] Ordered(FoundBlob[] blobs) => [.. blobs.OrderBy(blob => !blob.Name.EndsWith(Ready, StringComparison.Ordinal))];
}
