using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline.Tests;

public sealed class IdentityTests
{
    [Fact]
    public void The_same_bytes_under_the_same_name_are_the_same_upload() =>
        Assert.Equal(UploadId.OfZip("A", "x.zip", "ab"), UploadId.OfZip("A", "x.zip", "ab"));

    [Theory]
    [InlineData("B", "x.zip", "ab")]
    [InlineData("A", "y.zip", "ab")]
    [InlineData("A", "x.zip", "cd")]
    [InlineData("Ax", ".zip", "ab")]
    public void Another_center_name_or_content_is_another_upload(string center, string name, string sha256) =>
        Assert.NotEqual(UploadId.OfZip("A", "x.zip", "ab"), UploadId.OfZip(center, name, sha256));

    [Fact]
    public void A_folder_is_not_a_zip() => Assert.NotEqual(UploadId.OfZip("A", "x", "ab"), UploadId.OfFolder("A", "x", "ab"));

    [Fact]
    public void A_prediction_id_can_be_an_instance_id()
    {
        var id = PredictionId.OfUpload(UploadId.OfZip("A", "x.zip", "ab"));
        Assert.Matches("^p-[0-9a-f]{32}$", id);
        Assert.True(PredictionId.IsValid(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p-")]
    [InlineData("p-../../../../../../../../../../..")]
    [InlineData("P-00000000000000000000000000000000")]
    public void What_is_no_prediction_id_is_told(string id) => Assert.False(PredictionId.IsValid(id));

    [Theory]
    [InlineData("A/x.zip", "A", "x.zip", UploadKind.Zip)]
    [InlineData("A/x.ZIP", "A", "x.ZIP", UploadKind.Zip)]
    [InlineData("A/sub/x.zip", "A", "sub/x.zip", UploadKind.Zip)]
    [InlineData("A/study/_ready", "A", "study", UploadKind.Folder)]
    [InlineData("A/sub/study/_ready", "A", "sub/study", UploadKind.Folder)]
    public void A_name_that_completes_an_upload_is_parsed(string blob, string center, string name, UploadKind kind) =>
        Assert.Equal(new UploadName(center, name, kind), UploadName.TryParse(blob));

    [Theory]
    [InlineData("x.zip")]
    [InlineData("/x.zip")]
    [InlineData("A/_ready")]
    [InlineData("A//_ready.dcm")]
    [InlineData("A/study/1.dcm")]
    [InlineData("A/.zip")]
    [InlineData("A/sub/.zip")]
    [InlineData("_ready")]
    public void Any_other_name_completes_nothing(string blob) => Assert.Null(UploadName.TryParse(blob));

    [Fact]
    public void Without_a_key_azure_does_not_start()
    {
        var error = Assert.Throws<InvalidOperationException>(() => UidKeys.Find(Settings(("WEBSITE_INSTANCE_ID", "x"))));
        Assert.Contains("Radiomics__UidKey", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_key_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => UidKeys.Find(Settings(("Radiomics:UidKey", Convert.ToBase64String(new byte[31])))));

    [Fact]
    public void On_ones_own_machine_a_key_is_made_once()
    {
        using var temporary = new TemporaryStorage();
        using var folder = temporary.NewFolder();
        var settings = Settings(("Radiomics:UidKeyFile", folder.File("sub/uid-key").FullName));
        Assert.Equal(UidKeys.Find(settings).Map("1.2.3"), UidKeys.Find(settings).Map("1.2.3"));
    }

    [Fact]
    public async Task Of_all_that_start_at_once_one_makes_the_key_for_all()
    {
        using var temporary = new TemporaryStorage();
        for (var time = 0; time < 10; time++)
        {
            using var folder = temporary.NewFolder();
            var settings = Settings(("Radiomics:UidKeyFile", folder.File("uid-key").FullName));
            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UidKeys.Find(settings).Fingerprint)));
            Assert.Single(keys.Distinct());
        }
    }

    private static IConfiguration Settings(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
