using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;

namespace Infra.Tests;

/// <summary>The app's settings: each that is needed is set, and each that is set has a reader.</summary>
public sealed class SettingsTests(Templates templates)
{
    /// <summary>What the host and its extensions read, and where that is said; learn.microsoft.com/azure/azure-functions/…</summary>
    private static readonly Dictionary<string, string> s_hostReads = new()
    {
        ["AzureWebJobsStorage__blobServiceUri"] = "functions-reference: connecting to host storage with an identity",
        ["AzureWebJobsStorage__queueServiceUri"] = "functions-reference: connecting to host storage with an identity",
        ["AzureWebJobsStorage__tableServiceUri"] = "durable/durable-functions-configure-managed-identity: Durable Functions' tables",
        ["AzureWebJobsStorage__credential"] = "functions-reference: common properties of identity-based connections",
        ["AzureWebJobsStorage__clientId"] = "functions-reference: a user-assigned identity",
        ["RadiomicsStorage__queueServiceUri"] = "functions-bindings-storage-blob-trigger: the trigger's queues; UploadArrived names the connection",
        ["RadiomicsStorage__credential"] = "functions-reference: common properties of identity-based connections",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "functions-app-settings",
        ["AzureWebJobsDisableHomepage"] = "functions-app-settings",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "functions-app-settings: telemetry by a user-assigned identity",
    };

    /// <summary>Without these the app's own code doesn't start; the first is the Blobs extension's too.</summary>
    private static readonly string[] s_codeReads = ["RadiomicsStorage__blobServiceUri", "RadiomicsStorage__clientId", "Radiomics__UidKey"];

    [Fact]
    public void Every_setting_that_is_needed_is_set()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            Assert.Empty(s_hostReads.Keys.Concat(s_codeReads).Except(deployment.Settings.Keys));
        }
    }

    [Fact]
    public void Every_setting_that_is_set_has_a_reader()
    {
        var known = AppServices.Settings.SelectMany(concern => concern.Settings()).Select(setting => setting.Name).Concat(s_hostReads.Keys).ToHashSet();

        // The table of settings has the first entry of a list, for all of them.
        Assert.Empty(templates.Prod.Settings.Keys.Select(name => Regex.Replace(name, "__[0-9]+__", "__0__")).Except(known));
    }

    [Fact]
    public void The_app_starts_with_them()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            using var services = new ServiceCollection().AddApp(Configuration(Resolved(deployment))).BuildServiceProvider();

            var store = services.GetRequiredService<BlobStore>();
            Assert.Equal($"https://{deployment.DataStorage.Name}.blob.core.windows.net/incoming", store.Container(Containers.Incoming).Uri.AbsoluteUri);
            Assert.Equal(deployment.Of("Microsoft.HealthcareApis/workspaces/dicomservices").Count(), services.GetRequiredService<RadiomicsOptions>().DicomServices.Count);
            Assert.True(services.GetRequiredService<AuthOptions>().Required);
        }
    }

    [Theory]
    [InlineData("RadiomicsStorage__blobServiceUri")]
    [InlineData("Radiomics__UidKey")]
    [InlineData("Radiomics__Audit__Key")]
    public void Without_one_of_them_it_does_not(string name)
    {
        var settings = Resolved(templates.Prod);
        settings.Remove(name);

        var failure = Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(Configuration(settings)));

        Assert.StartsWith(name.Split("__")[0], Assert.Single(failure.Faults).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void The_secret_is_a_reference_into_the_vault_that_the_apps_identity_resolves()
    {
        var app = templates.Prod.App.Properties;
        var vault = templates.Prod.Of("Microsoft.KeyVault/vaults").Single().Name;

        Assert.Equal($"@Microsoft.KeyVault(SecretUri=https://{vault}.vault.azure.net/secrets/uid-key)", templates.Prod.Settings["Radiomics__UidKey"]);
        Assert.Equal($"{vault}/uid-key", templates.Prod.Of("Microsoft.KeyVault/vaults/secrets").Single().Name);
        Assert.Equal([(string)app["keyVaultReferenceIdentity"]!], templates.Prod.App.Json["identity"]!["userAssignedIdentities"]!.AsObject().Select(identity => identity.Key));
    }

    [Fact]
    public void Tokens_are_taken_of_the_deployments_own_tenant_for_the_api_where_it_is_registered()
    {
        Assert.Equal("00000000-0000-0000-0000-0000000000a1", templates.Prod.Settings["Radiomics__Auth__Audience"]);
        Assert.Equal($"https://login.microsoftonline.com/{Guid.Empty}/v2.0", templates.Prod.Settings["Radiomics__Auth__Issuer"]);
        Assert.DoesNotContain(templates.Dev.Settings.Keys, name => name.StartsWith("Radiomics__Auth", StringComparison.Ordinal));
    }

    [Fact]
    public void People_sign_in_with_their_accounts_where_the_registration_and_its_secret_are()
    {
        var vault = templates.Prod.Of("Microsoft.KeyVault/vaults").Single().Name;

        Assert.Equal(templates.Prod.Settings["Radiomics__Auth__Audience"], templates.Prod.Settings["Radiomics__Auth__ClientId"]);
        Assert.Equal($"@Microsoft.KeyVault(SecretUri=https://{vault}.vault.azure.net/secrets/console-client-secret)", templates.Prod.Settings["Radiomics__Auth__ClientSecret"]);
        // Its own name the app knows by itself.
        Assert.DoesNotContain("Radiomics__Auth__PublicUrl", templates.Prod.Settings.Keys);
        Assert.DoesNotContain("Radiomics__Auth__ClientSecret", templates.Longest.Settings.Keys);
    }

    [Fact]
    public void The_beginning_of_the_app_is_the_consoles_and_not_the_hosts() =>
        Assert.All(new[] { templates.Dev, templates.Prod }, deployment => Assert.Equal("true", deployment.Settings["AzureWebJobsDisableHomepage"]));

    [Fact]
    public void Every_identity_that_a_setting_names_is_the_apps() =>
        Assert.All(
            templates.Prod.Settings.Where(setting => (setting.Key.EndsWith("lientId", StringComparison.Ordinal) && setting.Key != "Radiomics__Auth__ClientId") || setting.Key.EndsWith("AUTHENTICATION_STRING", StringComparison.Ordinal)),
            setting => Assert.Contains("/userAssignedIdentities/radiomics-prod-app}", setting.Value, StringComparison.Ordinal));

    [Fact]
    public void It_runs_on_what_it_was_built_for()
    {
        var config = templates.Prod.App.Properties["functionAppConfig"]!;
        var target = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "Directory.Build.props"));

        Assert.Equal("dotnet-isolated", (string?)config["runtime"]!["name"]);
        Assert.Contains($"<TargetFramework>net{config["runtime"]!["version"]}</TargetFramework>", target, StringComparison.Ordinal);
        Assert.Equal(2048, (int)config["scaleAndConcurrency"]!["instanceMemoryMB"]!);
        Assert.Equal($"https://{templates.Prod.HostStorage.Name}.blob.core.windows.net/app-package", (string?)config["deployment"]!["storage"]!["value"]);
        Assert.Contains(templates.Prod.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), c => c.Name == $"{templates.Prod.HostStorage.Name}/default/app-package");
    }

    [Fact]
    public void Every_center_has_a_profile()
    {
        var profiles = new CenterProfiles(Path.Combine(TestData.RepositoryRoot, "models"));

        foreach (var file in new[] { "dev.bicepparam", "prod.bicepparam" })
        {
            var centers = Regex.Matches(File.ReadAllText(templates.Path(file)), @"\{ id: '([^']+)'").Select(match => match.Groups[1].Value);
            Assert.Equal(profiles.Centers.Order(StringComparer.Ordinal), centers.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>The settings as the app sees them: the vault's reference resolved, and what Azure itself sets.</summary>
    private static Dictionary<string, string> Resolved(Deployment deployment) => new(deployment.Settings)
    {
        ["Radiomics__UidKey"] = Convert.ToBase64String(new byte[32]),
        ["Radiomics__ModelsFolder"] = Path.Combine(TestData.RepositoryRoot, "models"),
        ["WEBSITE_SITE_NAME"] = deployment.App.Name,
    };

    private static IConfigurationRoot Configuration(IEnumerable<KeyValuePair<string, string>> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)))
        .Build();
}
