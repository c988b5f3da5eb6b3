namespace Radiomics;

/// <summary>
/// What the immutability policies let through on the containers <c>audit</c> (with protected append writes) and <c>audit-anchors</c> (without), which Azurite doesn't know, and a little
/// less: nothing that is there is overwritten, deleted, or given metadata, tags or another tier, and no anchor is appended to.
/// </summary>
internal static class AuditRules
{
    private static readonly string[] _setting = ["x-ms-tags", "x-ms-copy-source", "x-ms-legal-hold", "x-ms-immutability-policy-mode"];

    /// <summary>What is wrong with a request; null if nothing is.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="address">Address, Azurite's way: the account is the first part of the path.</param>
    /// <param name="headers">Headers.</param>
    public static string? Violation(string method, Uri address, IReadOnlyDictionary<string, string> headers)
    {
        var parts = address.AbsolutePath.Trim('/').Split('/', 3);
        var query = address.Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => part[1]);
        var comp = query["comp"].FirstOrDefault();
        if (comp == "batch")
        {
            return $"{method} of a batch, which may hold anything";
        }

        if (parts.Length < 2 || parts[1] is not ("audit" or "audit-anchors") || method is "GET" or "HEAD")
        {
            return null;
        }

        var isAllowed = (method, comp) switch
        {
            ("PUT", null) when parts.Length == 2 => query["restype"].Contains("container"),
            ("PUT", null) => headers.GetValueOrDefault("If-None-Match") == "*" && !headers.Keys.Any(Sets),
            ("PUT", "appendblock") => parts.Length == 3 && parts[1] == "audit",
            _ => false,
        };
        return isAllowed ? null : $"{method} {parts[1]}/{parts.ElementAtOrDefault(2)}{(comp is null ? "" : $" ({comp})")}";
    }

    private static bool Sets(string header) => header.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase) || _setting.Contains(header, StringComparer.OrdinalIgnoreCase);
}
