namespace Infra.Tests.Conditions;

/// <summary>What storage asks of Azure's authorization for one operation.</summary>
/// <param name="Action">The data action.</param>
/// <param name="SubOperation">Its sub-operation; null if it has none.</param>
/// <param name="Resource">Attributes of the blob or container.</param>
/// <param name="Request">Attributes of the call.</param>
internal sealed record AccessRequest(string Action, string? SubOperation, IReadOnlyDictionary<string, string> Resource, IReadOnlyDictionary<string, string> Request)
{
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Blobs = $"{Container}/blobs";
    private static readonly KeyValuePair<string, string> s_container = new($"{Container}:name", Radiomics.Pipeline.Containers.Incoming);

    public static AccessRequest Write(string path) => OnBlob($"{Blobs}/write", null, path);

    public static AccessRequest Append(string path) => OnBlob($"{Blobs}/add/action", null, path);

    public static AccessRequest Read(string path) => OnBlob($"{Blobs}/read", null, path);

    /// <summary>A reading that says a prefix, as only listings do.</summary>
    public static AccessRequest ReadWithPrefix(string path, string prefix) => Read(path) with { Request = new Dictionary<string, string> { [$"{Blobs}:prefix"] = prefix } };

    public static AccessRequest ReadByTag(string path) => OnBlob($"{Blobs}/read", "Blob.Read.WithTagConditions", path);

    public static AccessRequest Delete(string path) => OnBlob($"{Blobs}/delete", null, path);

    public static AccessRequest Move(string path) => OnBlob($"{Blobs}/move/action", null, path);

    public static AccessRequest SetTags(string path) => OnBlob($"{Blobs}/tags/write", null, path);

    /// <summary>A listing; without a prefix it is of the whole container.</summary>
    public static AccessRequest List(string? prefix) => new(
        $"{Blobs}/read", "Blob.List", new Dictionary<string, string>([s_container]), prefix is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [$"{Blobs}:prefix"] = prefix });

    private static AccessRequest OnBlob(string action, string? subOperation, string path) =>
        new(action, subOperation, new Dictionary<string, string>([s_container, new($"{Blobs}:path", path)]), new Dictionary<string, string>());
}
