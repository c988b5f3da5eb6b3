using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests.Settings;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> s_needed = new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["AzureWebJobsDisableHomepage"] = "true",
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["RadiomicsStorage"] = "UseDevelopmentStorage=true",
        ["Radiomics__Auth__Required"] = "false",
    };

    private static readonly string s_key = Convert.ToBase64String(new byte[32]);

    /// <summary>With RADIOMICS_WRITE_SETTINGS=1 the files are written instead.</summary>
    [Fact]
    public void The_table_and_the_sample_are_what_the_classes_say()
    {
        var table = Path.Combine(TestData.RepositoryRoot, "functions", "SETTINGS.md");
        var sample = Path.Combine(TestData.RepositoryRoot, "local.settings.sample.json");
        var (tableNow, sampleNow) = (SettingsDocument.Markdown(AppServices.Settings), SettingsDocument.Sample(AppServices.Settings, s_needed));
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_SETTINGS") == "1")
        {
            File.WriteAllText(table, tableNow);
            File.WriteAllText(sample, sampleNow);
        }

        Assert.Equal(File.ReadAllText(table), tableNow);
        Assert.Equal(File.ReadAllText(sample), sampleNow);
    }

    [Fact]
    public void Every_setting_is_described()
    {
        var settings = AppServices.Settings.SelectMany(concern => concern.Settings()).ToList();

        Assert.Contains(settings, setting => setting.Name == "Radiomics__DicomServices__0__Endpoint");
        Assert.Contains(settings, setting => setting.Name == "Radiomics__Archive__MaxEntries");
        Assert.All(settings, setting => Assert.True(SettingsDocument.DescriptionOf(setting).Length > 10, $"{setting.Name} has no docstring."));
        Assert.Equal(settings.Count, settings.Select(setting => setting.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_sample_holds_every_setting_and_the_app_starts_with_it()
    {
        var sample = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "local.settings.sample.json"));
        Assert.All(AppServices.Settings.SelectMany(concern => concern.Settings()), setting => Assert.Contains($"\"{setting.Name}\": ", sample, StringComparison.Ordinal));

        var settings = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(sample))).Build().GetSection("Values").GetChildren()
            .ToDictionary(value => value.Key, value => value.Value);
        settings["Radiomics__UidKey"] = s_key;
        using var services = Start(settings);
        Assert.NotNull(services.GetRequiredService<BlobStore>());
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_by_name_and_no_value_is()
    {
        var wrong = Assert.Throws<SettingsException>(() => Start(new()
        {
            ["Radiomics__UidKey"] = "c2hvcnQ=",
            ["Radiomics__MaxRequestBytes"] = "90 MB",
            ["Radiomics__StudyQuietSecond"] = "60",
            ["Radiomics__StudyQuietSeconds"] = "1",
            ["Radiomics__Archive__MaxEntries"] = "0",
            ["Radiomics__Archive__MaxRatio"] = "2,5x",
            ["Radiomics__Archive__MaxBytes"] = "1",
            ["Radiomics__DicomServices__0__Endpoint"] = "https://w-d.dicom.azurehealthcareapis.com",
            ["Radiomics__DicomServices__0__Centre"] = "A",
            ["Radiomics__ModelsFolder"] = "nowhere",
            ["Radiomics__Auth__Required"] = "false",
            ["Radiomics__Auth__Issuer"] = "http://issuer.example.org",
            ["Radiomics__Auth__SigningKeys"] = "{}",
            ["Radiomics__Retention__Days__Studies"] = "-1",
            ["Radiomics__Audit__ReadSeconds"] = "0",
            ["WEBSITE_SITE_NAME"] = "in Azure",
        }));

        Assert.Equal(
            [
                "RadiomicsStorage", "Radiomics__Archive__MaxBytes", "Radiomics__Archive__MaxEntries", "Radiomics__Archive__MaxRatio", "Radiomics__Audit__Key", "Radiomics__Audit__ReadSeconds", "Radiomics__Auth__Audience", "Radiomics__Auth__Issuer",
                "Radiomics__Auth__Required", "Radiomics__Auth__SigningKeys", "Radiomics__DicomServices__0__Center", "Radiomics__DicomServices__0__Centre", "Radiomics__MaxRequestBytes",
                "Radiomics__ModelsFolder", "Radiomics__Retention__Days__Studies", "Radiomics__StudyQuietSecond", "Radiomics__StudyQuietSeconds", "Radiomics__UidKey",
            ],
            wrong.Faults.Select(fault => fault.Name).Order(StringComparer.Ordinal));
        Assert.All(wrong.Faults, fault => Assert.Contains($"- {fault.Name} {fault.Sentence}", wrong.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("90 MB", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_DICOM_service_that_cannot_be_used_is_told()
    {
        var wrong = Assert.Throws<SettingsException>(() => Start(new()
        {
            ["RadiomicsStorage"] = "UseDevelopmentStorage=true",
            ["Radiomics__UidKey"] = s_key,
            ["Radiomics__DicomServices__0__Center"] = "Nowhere",
            ["Radiomics__DicomServices__0__Endpoint"] = "https://w-d.dicom.azurehealthcareapis.com",
            ["Radiomics__DicomServices__1__Center"] = "A",
            ["Radiomics__DicomServices__1__Endpoint"] = "https://dicom.example.org",
        }));

        Assert.Equal(["Radiomics__DicomServices__0__Center", "Radiomics__DicomServices__1__Endpoint"], wrong.Faults.Select(fault => fault.Name));
    }

    /// <summary>The binder reads past these: whoever set them would believe in what isn't there.</summary>
    [Theory]
    [InlineData("Radiomics__Retention__Days", "30", "has no value of its own: what is set there has names that start with Radiomics__Retention__Days__.")]
    [InlineData("Radiomics__Archive", "large", "has no value of its own")]
    [InlineData("Radiomics__DicomServices", "x", "has no value of its own")]
    [InlineData("Radiomics__DicomServices__0", "x", "has no value of its own")]
    [InlineData("Radiomics__Retention__Centers__A", "30", "has no value of its own")]
    [InlineData("Radiomics__StudyQuietSeconds__Center", "30", "is none of this service's settings")]
    public void A_value_where_none_belongs_is_told(string name, string value, string sentence)
    {
        var wrong = Assert.Throws<SettingsException>(() => Start(new() { ["RadiomicsStorage"] = "UseDevelopmentStorage=true", ["Radiomics__UidKey"] = s_key, [name] = value }));
        var fault = Assert.Single(wrong.Faults);
        Assert.Equal(name, fault.Name);
        Assert.Contains(sentence, fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Everybody_is_let_in_on_one_s_own_machine_only()
    {
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = "UseDevelopmentStorage=true",
            ["Radiomics__UidKey"] = s_key,
            ["Radiomics__Auth__Required"] = "false",
        };
        Start(settings).Dispose();
        settings["WEBSITE_INSTANCE_ID"] = "in Azure";
        settings["Radiomics__Audit__Key"] = "https://x.vault.azure.net/keys/audit";

        Assert.Equal("Radiomics__Auth__Required", Assert.Single(Assert.Throws<SettingsException>(() => Start(settings)).Faults).Name);
    }

    private static ServiceProvider Start(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddApp(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(KeyValuePair.Create<string, string?>(TestAuditKey.Setting, TestAuditKey.File)).Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)))
            .Build())
        .BuildServiceProvider();
}
