using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline.Tests.DicomService;

/// <summary>Which service is whose, from the settings.</summary>
public sealed class DicomServicesTests
{
    private const string Host = "w-d.dicom.azurehealthcareapis.com";

    private readonly CenterProfiles _profiles = new(Account.ModelsFolder);

    [Fact]
    public void A_service_is_told_by_its_host_and_its_partition()
    {
        var services = Of(new() { Center = "A", Endpoint = new($"https://{Host}") }, new() { Center = "B", Endpoint = new($"https://{Host}"), Partition = "b" });

        Assert.Equal("A", services.TryFind(Host, null)!.Center);
        Assert.Equal("A", services.TryFind(Host.ToUpperInvariant(), "Microsoft.Default")!.Center);
        Assert.Equal("B", services.TryFind(Host, "b")!.Center);
        Assert.Null(services.TryFind(Host, "c"));
        Assert.Null(services.TryFind($"{Host}.example.org", null));
        Assert.NotNull(services.Client(services.TryFind(Host, "b")!.Id));
    }

    [Fact]
    public void A_server_on_this_machine_is_told_by_its_port()
    {
        var services = Of(new() { Center = "A", Endpoint = new("http://127.0.0.1:8042/dicom-web") }, new() { Center = "B", Endpoint = new("http://127.0.0.1:8043/dicom-web") });

        Assert.Equal(("A", "B"), (services.TryFind("127.0.0.1:8042", null)!.Center, services.TryFind("127.0.0.1:8043", null)!.Center));
    }

    [Theory]
    [InlineData("Nowhere", "https://w-d.dicom.azurehealthcareapis.com", null)]
    [InlineData("A", "http://w-d.dicom.azurehealthcareapis.com", null)]
    [InlineData("A", "https://dicom.example.org", null)]
    [InlineData("A", "dicom-web", null)]
    [InlineData("A", "https://w-d.dicom.azurehealthcareapis.com", "a/b")]
    public void Settings_that_cannot_be_used_are_refused_by_name(string center, string endpoint, string? partition)
    {
        var refusal = Assert.Throws<SettingsException>(() => Of(new DicomServiceSettings { Center = center, Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute), Partition = partition }));

        Assert.Contains("Radiomics__DicomServices__0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_service_cannot_be_two_centers()
    {
        DicomServiceSettings[] both = [new() { Center = "A", Endpoint = new($"https://{Host}") }, new() { Center = "B", Endpoint = new($"https://{Host}/") }];

        Assert.Contains("Radiomics__DicomServices__1", Assert.Throws<SettingsException>(() => Of(both)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_read_from_settings_as_an_app_has_them()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Radiomics:DicomServices:0:Center"] = "A",
            ["Radiomics:DicomServices:0:Endpoint"] = $"https://{Host}",
            ["Radiomics:DicomServices:0:Partition"] = "liver",
            ["Radiomics:StudyQuietSeconds"] = "90",
        }).Build();

        var options = configuration.GetSection("Radiomics").Get<RadiomicsOptions>()!;

        Assert.Equal(90, options.StudyQuietSeconds);
        Assert.Equal("A", new DicomServices(options, _profiles).TryFind(Host, "liver")!.Center);
    }

    private DicomServices Of(params DicomServiceSettings[] settings) => new(new RadiomicsOptions { DicomServices = settings }, _profiles);
}
