using CsCheck;
using Radiomics;

namespace LocalHost.Tests.Blobs;

/// <summary>Whatever a file is called, it is delivered, as long as the storage can say its name.</summary>
public class BlobNameTests(BlobNameTests.AnyBlobHost any) : IClassFixture<BlobNameTests.AnyBlobHost>
{
    private static readonly Gen<string[]> s_names = Gen.OneOf(
        OneOf("\u0002", "\u001F", "\u0000", " ", "#", "%", "+", "%20", "\u05D0", "\u202E", "..", "\t", "\U0001F9EA").Array[1, 3].Select(parts => $"a{string.Concat(parts)}z"),
        Gen.Int[800, 900].Select(length => new string('n', length))).Array[3, 6].Select(drawn => drawn.Distinct().ToArray());

    [Theory]
    [InlineData("two  spaces")]
    [InlineData(" at the edges ")]
    [InlineData("100%")]
    [InlineData("50%25 %2F")]
    [InlineData("a#b")]
    [InlineData("a+b")]
    [InlineData("a?b=c&d")]
    [InlineData("a&b<c>\"d'")]
    [InlineData("שלום")]
    [InlineData("\u202Ebackwards\u202C")]
    [InlineData("Zoë Müller")]
    [InlineData("e\u0301")]
    [InlineData("\U0001F9EA")]
    [InlineData("tab\there")]
    [InlineData("carriage\rreturn")]
    [InlineData("\u007F\u0085\u2028")]
    [InlineData("{braces}")]
    [InlineData("a,b;c=d")]
    [InlineData("dots..and...more")]
    public async Task Any_name_is_delivered(string name)
    {
        var folder = SampleHost.NewName();
        await any.App.WriteAsync($"{folder}/{name}.zip", "content");
        Assert.Equal([$"{folder}|{name}|content"], await any.App.Calls.UntilAsync(1, "OnZip", folder));
        await any.App.Container.GetBlobClient($"{folder}/{name}.zip").DeleteAsync();
    }

    [Fact]
    public async Task With_a_star_as_suffix_everything_costs_an_event()
    {
        var name = SampleHost.NewName();
        await any.App.WriteAsync($"{name}.data", "A");
        Assert.Equal([$"{name}|41"], await any.App.Calls.UntilAsync(1, "OnData", name));
    }

    /// <summary>Random names beside each other: all are delivered, once each, but for those that the emulator tells nobody of.</summary>
    [Fact]
    public Task No_name_hides_another() => s_names.SampleAsync(
        async names =>
        {
            var folder = SampleHost.NewName();
            foreach (var name in names)
                await any.App.WriteAsync($"{folder}/{name}.zip", "");
            await any.App.WriteAsync($"{folder}/last.zip", "");
            string[] told = [.. names.Where(name => name.All(letter => System.Xml.XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter))), "last"];
            await any.App.Calls.UntilAsync(told.Length, "OnZip", $"{folder}|");
            Assert.Equal(told.Select(name => $"{folder}|{name}|").Order(StringComparer.Ordinal), (await any.App.Calls.OfAsync("OnZip", $"{folder}|")).Order(StringComparer.Ordinal));
            foreach (var name in names.Append("last"))
                await any.App.Container.GetBlobClient($"{folder}/{name}.zip").DeleteAsync();
        },
        iter: 3,
        threads: 1);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>A host that tells of all blobs.</summary>
    public sealed class AnyBlobHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            App = await SampleHost.StartAsync(azurite, settings: new Dictionary<string, string?> { ["LocalHost__BlobEventSuffixes"] = "*" });

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
