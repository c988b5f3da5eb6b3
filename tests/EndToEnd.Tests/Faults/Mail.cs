using System.Security.Cryptography;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>One upload of a schedule: whose it is, how it is sent, and what it holds.</summary>
internal sealed record Mail
{
    public required string Center { get; init; }

    /// <summary>Its name in <c>incoming</c>, or the Idempotency-Key under which it is posted.</summary>
    public required string Name { get; init; }

    public required MailKind Kind { get; init; }

    /// <summary>A zip's content, under an empty name, or a folder's files.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>Sent under the same name once this one has come to its end.</summary>
    public Mail? Then { get; init; }

    /// <summary>How many begin a schedule.</summary>
    public const int Count = 5;

    public byte[] Zip => Files[""];

    /// <summary>The prediction that it becomes.</summary>
    public string Id => Kind switch
    {
        MailKind.Zip => Service.IdOf(Center, Name, Zip),
        MailKind.Folder => PredictionId.OfUpload(UploadId.OfFolder(Center, Name, Digest.OfParts(Files.SelectMany(file => new[] { file.Key, Convert.ToHexStringLower(SHA256.HashData(file.Value)) })))),
        _ => Service.IdOf(Center, "", Zip),
    };

    /// <summary>The blob whose event tells of it; null if there is none.</summary>
    public string? Announced => Kind switch
    {
        MailKind.Zip => $"{Center}/{Name}",
        MailKind.Folder => $"{Center}/{Name}/_ready",
        _ => null,
    };

    /// <summary>All uploads with those that follow, by their predictions.</summary>
    public static IReadOnlyList<Mail> WithFollowers(IEnumerable<Mail> mail) => [.. mail.SelectMany(m => m.Then is { } then ? new[] { m, then } : [m])];

    /// <summary>
    /// Those of a schedule, the same in each: zips of two centers, of which one is replaced by another study, a folder, a study by HTTP, and one that can't be used.
    /// </summary>
    public static async Task<IReadOnlyList<Mail>> WriteAsync()
    {
        var replacing = Of("A", "one.zip", MailKind.Zip, await PhantomAsync("A", "3.0T", 102));
        Mail[] all =
        [
            Of("A", "one.zip", MailKind.Zip, await PhantomAsync("A", "3.0T", 101)) with { Then = replacing },
            Of("B", "two.zip", MailKind.Zip, await PhantomAsync("B", "1.5T", 103)),
            Of("A", "three", MailKind.Folder, await PhantomAsync("A", "1.5T", 104)),
            Of("B", "four", MailKind.Posted, await PhantomAsync("B", "3.0T", 105)),
            Of("B", "five.zip", MailKind.Zip, (await PhantomAsync("B", "3.0T", 106)).Without(Study.IsSegmentation)),
        ];
        Assert.Equal(Count, all.Length);
        return all;
    }

    private static Task<Study> PhantomAsync(string center, string field, int seed) => Study.PhantomAsync(center, field, seed, sizeInPlane: 48, slices: 12);

    private static Mail Of(string center, string name, MailKind kind, Study study) => new()
    {
        Center = center,
        Name = name,
        Kind = kind,
        Files = kind == MailKind.Folder ? study.Files : new Dictionary<string, byte[]> { [""] = study.Zip() },
    };
}

/// <summary>The ways in which an upload is sent.</summary>
internal enum MailKind
{
    /// <summary>A zip in <c>incoming</c>.</summary>
    Zip,

    /// <summary>A folder in <c>incoming</c>, closed by <c>_ready</c>.</summary>
    Folder,

    /// <summary>A zip in the body of a request.</summary>
    Posted,
}
