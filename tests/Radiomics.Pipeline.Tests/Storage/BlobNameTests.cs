using System.Text;
using Azure.Storage.Blobs.Models;
using CsCheck;
using Emulator;
using Radiomics.Pipeline.Tests.Retention;

namespace Radiomics.Pipeline.Tests.Storage;

/// <summary>Whatever a blob is called, it hides no other: from a listing, from the door, from retention. Names that XML can't hold fail the emulator's own listing.</summary>
[Collection(nameof(KeptCollection))]
public sealed class BlobNameTests(AzuriteFixture azurite)
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
    public Task A_listing_tells_all_names_and_each_in_its_place() => Gen.Select(
            Gen.OneOf(s_spoken, s_long).Array[0, 6],
            s_unspoken.Array[0, 3],
            OneOf("", "A/", "A/b/", "\u05D0/"),
            (spoken, unspoken, folder) => (Names: spoken.Concat(unspoken.Select(name => folder + name)).Where(Fits).Distinct().ToArray(), Folder: folder))
        .SampleAsync(
            async drawn =>
            {
                var container = StorageClients.Create(azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
                await container.CreateAsync();
                foreach (var name in drawn.Names)
                    await container.GetBlobClient(name).UploadAsync(new BinaryData(name));
                foreach (var prefix in (string[])["", drawn.Folder])
                {
                    var listed = await ListedBlobs.ListAsync(container, BlobTraits.None, prefix, isWhole: false, default).ToListAsync();
                    Assert.Equal(drawn.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal), listed.Select(blob => blob.Name));
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
    public async Task Letters_beyond_ASCII_are_found_too(string unspoken)
    {
        var container = StorageClients.Create(azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
        await container.CreateAsync();
        string[] names = ["A/a.zip", "A/ש.zip", $"A/{unspoken}", "A/\U0001F9EB.zip", "B/b.zip"];
        foreach (var name in names)
            await container.GetBlobClient(name).UploadAsync(new BinaryData("x"));

        var listed = await ListedBlobs.ListAsync(container, BlobTraits.None, null, isWhole: false, default).Select(blob => blob.Name).ToListAsync();
        Assert.Equal(names.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_name_that_is_too_long_to_be_found_is_left_out_alone_or_refused_where_none_may_be()
    {
        var container = StorageClients.Create(azurite.ConnectionString).GetBlobContainerClient("n" + Guid.NewGuid().ToString("N"));
        await container.CreateAsync();
        foreach (var name in (string[])["A/a", $"A/m{Unspeakable}{new string('m', 300)}", "A/z"])
            await container.GetBlobClient(name).UploadAsync(new BinaryData("x"));

        Assert.Equal(["A/a", "A/z"], await ListedBlobs.ListAsync(container, BlobTraits.None, null, isWhole: false, default).Select(blob => blob.Name).ToListAsync());
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ListedBlobs.ListAsync(container, BlobTraits.None, "A/", isWhole: true, default).CountAsync());
    }

    [Fact]
    public async Task A_folder_is_taken_in_with_all_its_files_and_goes_with_its_time_like_what_lies_beside_it()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Junk", 7));
        await center.Store.EnsureContainersAsync();
        string[] names = ["study/1.dcm", $"study/{Unspeakable}.dcm", "study/_ready", $"o{Unspeakable}dd.zip", "plain.zip", $"note{Unspeakable}.txt"];
        foreach (var name in names)
            await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/{name}", name);

        var folder = await center.ReceiveAsync("study/_ready");
        Assert.Equal([$"{Unspeakable}.dcm", "1.dcm"], folder.Files.Select(file => file.Name));
        foreach (var name in (string[])[names[2], names[3], names[4]])
            center.Histories.Begun.Add(PredictionId.OfUpload((await center.ReceiveAsync(name)).UploadId));
        Assert.Equal(6, await CountAsync(center));
        center.PassDays(8);
        await center.TwoNightsAsync();
        Assert.Equal(5, await CountAsync(center));
        center.PassDays(30);
        await center.RunAsync();
        Assert.Equal(0, await CountAsync(center));
    }

    private static async Task<int> CountAsync(KeptCenter center) => await center.Store.ListAsync(Containers.Incoming, center.Name + "/", default).CountAsync();

    private static bool Fits(string name) => name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= 1_024;

    // URLs have no parts `.` and `..`, and the client takes slashes at the beginning for its own.
    private static bool CanBeAddressed(string name) => !name.StartsWith('/') && !name.Split('/').Any(part => part.Trim() is "." or "..");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
