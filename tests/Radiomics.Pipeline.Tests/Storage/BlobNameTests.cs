using System.Text;
using Azure.Storage.Blobs.Models;
using CsCheck;
using Emulator;
using Radiomics.Extraction;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Storage;

/// <summary>Whatever a blob is called, it hides no other: from a listing, from the door, from retention. On an account of their own, since the emulator tells nobody of names that XML can't hold, and fails its own listing of them.</summary>
public sealed class BlobNameTests(BlobNameTests.OwnAccount own) : IClassFixture<BlobNameTests.OwnAccount>
{
    private const string Unspeakable = "\u0001";

    // What XML, URLs, paths and people make trouble with; a backslash is a slash to storage.
    private static readonly Gen<string> s_odd = OneOf(
        " ", "  ", "#", "%", "+", "?", "&", "%2F", "%01", "..", ".", "//", "/", "\t", "\r", "\n", "'", "\"", "<", "]]>", "שלום", "\u202E", "é", "e\u0301", "\U0001F9EA", "\u0085", "\u2028", "\uFFFD", "\uE000");

    private static readonly Gen<string> s_plain = Gen.String[Gen.Char["abcXYZ019_-"], 1, 8];

    // Each letter of a name that is searched for costs a hundred requests.
    private static readonly Gen<string> s_short = Gen.String[Gen.Char["aZ0_"], 0, 3];

    // Letters that no XML 1.0 document may hold.
    private static readonly Gen<string> s_unspeakable = OneOf("\u0001", "\u0000", "\u0008", "\u000B", "\u001B", "\u001F", "\uFFFE", "\uFFFF");

    private static readonly Gen<string> s_spoken = Gen.OneOf(s_odd, s_plain).Array[1, 6].Select(string.Concat).Where(CanBeAddressed);

    private static readonly Gen<string> s_unspoken =
        Gen.Select(s_short, s_unspeakable, s_short, (before, letter, after) => $"{before}{letter}{after}");

    private static readonly Gen<string> s_long = Gen.Int[1_000, 1_024].Select(length => new string('n', length));

    [Fact]
    public Task A_listing_tells_all_names_that_can_be_told_and_each_in_its_place() => Gen.Select(
            Gen.OneOf(s_spoken, s_long).Array[0, 6],
            s_unspoken.Array[0, 3],
            OneOf("", "A/", "A/b/", "\u05D0/"),
            (spoken, unspoken, folder) => (Names: spoken.Concat(unspoken.Select(name => folder + name)).Where(Fits).Distinct().ToArray(), Folder: folder))
        .SampleAsync(
            async drawn =>
            {
                var container = StorageClients.Create(own.Azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
                await container.CreateAsync();
                foreach (var name in drawn.Names)
                    await container.GetBlobClient(name).UploadAsync(new BinaryData(name));
                foreach (var prefix in (string[])["", drawn.Folder])
                {
                    var listed = await ListedBlobs.ListAsync(container, BlobTraits.None, prefix, isWhole: false, default).ToListAsync();
                    Assert.Equal(drawn.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && IsTold(name)).Order(StringComparer.Ordinal), listed.Select(blob => blob.Name));
                    Assert.All(listed, blob => Assert.Equal((Encoding.UTF8.GetByteCount(blob.Name), true), ((int)blob.Properties.ContentLength!, blob.Properties is { ETag: not null, LastModified: not null })));
                }
                await container.DeleteAsync();
            },
            iter: 10,
            threads: 1);

    [Theory]
    [InlineData("שלום\u0001.zip")]
    [InlineData("\U0001F9EA\u0001.zip")]
    [InlineData("\uFFFF")]
    public async Task A_name_with_letters_beyond_ASCII_hides_no_other_either(string unspoken)
    {
        var container = StorageClients.Create(own.Azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
        await container.CreateAsync();
        string[] names = ["A/a.zip", "A/ש.zip", $"A/{unspoken}", "A/\U0001F9EB.zip", "B/b.zip"];
        foreach (var name in names)
            await container.GetBlobClient(name).UploadAsync(new BinaryData("x"));

        var listed = await ListedBlobs.ListAsync(container, BlobTraits.None, null, isWhole: false, default).Select(blob => blob.Name).ToListAsync();
        Assert.Equal(names.Where(IsTold).Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_long_name_hides_no_other_and_what_is_left_out_is_said_or_refused_where_nothing_may_be()
    {
        var container = StorageClients.Create(own.Azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
        await container.CreateAsync();
        foreach (var name in (string[])["A/a", $"A/m{Unspeakable}{new string('m', 300)}", "A/mm", "A/z"])
            await container.GetBlobClient(name).UploadAsync(new BinaryData("x"));

        var leftOut = 0;
        Assert.Equal(["A/a", "A/mm", "A/z"], await ListedBlobs.ListAsync(container, BlobTraits.None, null, isWhole: false, default, () => leftOut++).Select(blob => blob.Name).ToListAsync());
        Assert.Equal(1, leftOut);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ListedBlobs.ListAsync(container, BlobTraits.None, "A/", isWhole: true, default).CountAsync());
    }

    [Fact]
    public async Task A_folder_with_a_file_that_nobody_is_told_of_is_refused_and_what_lies_beside_it_goes_with_its_time()
    {
        using var center = new KeptCenter(own.Azurite, ("Incoming", 30), ("Junk", 7));
        await center.Store.EnsureContainersAsync();
        string[] names = ["study/1.dcm", $"study/{Unspeakable}.dcm", "study/_ready", $"o{Unspeakable}dd.zip", "plain.zip", $"note{Unspeakable}.txt", "whole/1.dcm", "whole/_ready"];
        foreach (var name in names)
            await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/{name}", name);

        Assert.Equal("InvalidBlobName", (await Assert.ThrowsAsync<RadiomicsException>(() => center.ReceiveAsync("study/_ready"))).Code);
        foreach (var name in (string[])["plain.zip", "whole/_ready"])
            center.Histories.Begun.Add(PredictionId.OfUpload((await center.ReceiveAsync(name)).UploadId));
        center.PassDays(60);
        await center.TwoNightsAsync();
        await center.RunAsync();
        foreach (var name in (string[])["plain.zip", "whole/1.dcm", "whole/_ready"])
            Assert.False(await center.Store.Blob(Containers.Incoming, $"{center.Name}/{name}").ExistsAsync());
    }

    [Fact]
    public async Task What_could_not_be_used_is_listed_whatever_else_lies_there()
    {
        using var steps = new Steps(own.Azurite);
        await steps.PredictAsync("A", "none.zip", "no zip"u8.ToArray());
        var desk = steps.Get<QuarantineDesk>();
        var entry = Assert.Single(await desk.ListAsync("A"));
        await steps.Store.PutAsync(Containers.Quarantine, $"A/{entry.UploadId}/{Unspeakable}", "");
        Assert.Equal(entry.UploadId, Assert.Single(await desk.ListAsync("A")).UploadId);
        Assert.Equal("NotAZip", (await desk.GetAsync("A", entry.UploadId)).Code);
    }

    private static bool IsTold(string name) => name.All(letter => System.Xml.XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter));

    private static bool Fits(string name) => name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= 1_024;

    // URLs have no parts `.` and `..`, and the client takes slashes at the beginning and at the end for its own.
    private static bool CanBeAddressed(string name) => !name.StartsWith('/') && !name.EndsWith('/') && !name.Split('/').Any(part => part.Trim() is "." or "..");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>An emulator that nobody else lists.</summary>
    public sealed class OwnAccount : IAsyncLifetime
    {
        public AzuriteFixture Azurite { get; } = new();

        public ValueTask InitializeAsync() => Azurite.InitializeAsync();

        public ValueTask DisposeAsync() => Azurite.DisposeAsync();
    }
}
