using Radiomics;

namespace LocalHost.Tests.Blobs;

/// <summary>Whatever a file is called, it is delivered, as long as the storage can say its name.</summary>
public class BlobNameTests(BlobNameTests.AnyBlobHost any) : IClassFixture<BlobNameTests.AnyBlobHost>
{
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
    }

    [Fact]
    public async Task With_a_star_as_suffix_everything_costs_an_event()
    {
        var name = SampleHost.NewName();
        await any.App.WriteAsync($"{name}.data", "A");
        Assert.Equal([$"{name}|41"], await any.App.Calls.UntilAsync(1, "OnData", name));
    }

    /// <summary>The emulator fails to list a container in which a name is that XML can't hold; Azure lists it.</summary>
    [Fact]
    public async Task A_container_that_can_t_be_listed_is_told_of_once_and_watched_again_when_it_can()
    {
        var folder = SampleHost.NewName();
        var unspeakable = any.App.Container.GetBlobClient($"{folder}/\u0001.zip");
        await unspeakable.UploadAsync(BinaryData.FromString("odd"));
        await any.App.WriteAsync($"{folder}/even.zip", "even");
        await any.App.Process.SaysAsync("The container of the function OnZip could not be looked at");
        Assert.Equal("Running", (await any.App.StatusAsync()).GetProperty("state").GetString());
        await unspeakable.DeleteAsync();
        Assert.Equal([$"{folder}|even|even"], await any.App.Calls.UntilAsync(1, "OnZip", folder));
        Assert.Single(any.App.Process.Log.Split("The container of the function OnZip could not be looked at").Skip(1));
    }

    /// <summary>A host that tells of all blobs.</summary>
    public sealed class AnyBlobHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            App = await SampleHost.StartAsync(azurite, settings: new Dictionary<string, string?> { ["LocalHost__BlobEventSuffixes"] = "*" });

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
