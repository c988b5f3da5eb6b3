using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks.Load;

/// <summary>A request that the storage emulator has answered.</summary>
/// <param name="At">When the answer was given (UTC).</param>
/// <param name="Service"><c>blob</c>, <c>queue</c> or <c>table</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Sent">Bytes of the request's body.</param>
/// <param name="Answered">Bytes of the answer, with its headers.</param>
/// <param name="Agent">Who asked, as the caller says.</param>
/// <param name="Path">Behind the account: <c>container/blob</c>, <c>queue/messages</c>, <c>table(…)</c>; still encoded.</param>
/// <param name="Query">Parameters, without those of the signature.</param>
internal sealed partial record StorageRequest(
    DateTime At, string Service, string Method, int Status, long Sent, long Answered, string Agent, string Path, IReadOnlyDictionary<string, string> Query)
{
    /// <summary>The kinds that are told apart, by what Azure bills: leases, properties and existence are <c>other</c>, and deletions of blobs are free.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["blob write", "blob read", "blob list", "blob other", "blob delete", "queue write", "queue read", "queue other", "table write", "table read"];

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public string Kind => $"{Service} {KindOf()}";

    /// <summary>What was asked for, without whose it is: method, operation and path, with <c>*</c> for ids, numbers and keys of rows.</summary>
    public string Shape => $"{Method} {Ids().Replace(Uri.UnescapeDataString(Path), "*")}{(Query.TryGetValue("comp", out var operation) ? $" ({operation})" : "")}{(Status >= 400 ? $" {Status}" : "")}";

    /// <summary>
    /// Of what plays Event Grid on this machine, and isn't there in Azure: looks into <c>incoming</c>, which nothing else lists while zips come, receipts of events, and that the container of these is there.
    /// </summary>
    public bool IsOfTheWatcher => Service == "blob"
        && ((KindOf() == "list" && Path == "incoming") || (Method == "PUT" && Path == "azure-webjobs-hosts") || Path.Contains("/blobevents/", StringComparison.Ordinal)
            || Query.GetValueOrDefault("prefix", "").StartsWith("blobevents", StringComparison.Ordinal));

    /// <summary>Reads a line of <c>requests.cjs</c>.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="services">Services by port.</param>
    public static StorageRequest Parse(string line, IReadOnlyDictionary<int, string> services)
    {
        var parts = line.Split('\t');
        var (path, query) = parts[7].Split('?', 2) is [var first, var rest] ? (first, rest) : (parts[7], "");
        return new(
            DateTime.UnixEpoch.AddMilliseconds(Number(parts[0])),
            services[(int)Number(parts[1])],
            parts[2],
            (int)Number(parts[3]),
            Number(parts[4]),
            Number(parts[5]),
            parts[6],
            path.Split('/', 3) is [_, _, var behind] ? behind : "",
            query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0])
                .ToDictionary(group => group.Key, group => Uri.UnescapeDataString(group.First().ElementAtOrDefault(1) ?? "")));

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    private string KindOf() => (Service, Method) switch
    {
        ("blob", "DELETE") => "delete",
        ("blob", "GET") when Query.GetValueOrDefault("comp") == "list" => "list",
        ("blob", "GET") when !Query.ContainsKey("comp") && !Query.ContainsKey("restype") => "read",
        ("blob", "PUT") when Query.GetValueOrDefault("restype") == "container" && !Query.ContainsKey("comp") => "list",
        ("blob", "PUT") when Query.GetValueOrDefault("comp") is null or "block" or "blocklist" or "appendblock" => "write",
        ("blob", _) => "other",
        ("queue", "GET") when Path.EndsWith("/messages", StringComparison.Ordinal) => "read",
        ("queue", _) when Path.Contains("/messages", StringComparison.Ordinal) => "write",
        ("queue", _) => "other",
        ("table", "GET") => "read",
        _ => "write",
    };

    [GeneratedRegex(@"\(.*\)|[0-9a-f]{16,}|[0-9a-f-]{36}|\d+|(?<=/messages/).*")]
    private static partial Regex Ids();
}
