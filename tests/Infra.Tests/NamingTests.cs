using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>Names within Azure's limits (azure-resource-manager/management/resource-name-rules), tags, and API versions.</summary>
public sealed class NamingTests(Templates templates)
{
    private const string Guid = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    /// <summary>What the last part of a name of each type may be.</summary>
    private static readonly Dictionary<string, string> s_rules = new()
    {
        ["Microsoft.Authorization/roleAssignments"] = Guid,
        ["Microsoft.Authorization/roleDefinitions"] = Guid,
        ["Microsoft.Consumption/budgets"] = "^[A-Za-z0-9_-]{1,63}$",
        ["Microsoft.EventGrid/systemTopics"] = "^[A-Za-z0-9-]{3,50}$",
        ["Microsoft.EventGrid/systemTopics/eventSubscriptions"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.HealthcareApis/workspaces"] = "^[a-z][a-z0-9]{2,23}$",
        ["Microsoft.HealthcareApis/workspaces/dicomservices"] = "^[a-z0-9][a-z0-9-]{1,22}[a-z0-9]$",
        ["Microsoft.Insights/actionGroups"] = "^[^:<>+/&%?]{1,259}[^:<>+/&%?. ]$",
        ["Microsoft.Insights/components"] = "^[A-Za-z0-9._()-]{1,260}$",
        ["Microsoft.Insights/diagnosticSettings"] = "^[A-Za-z0-9-]{1,260}$",
        ["Microsoft.Insights/metricAlerts"] = "^[A-Za-z0-9-]{1,260}$",
        ["Microsoft.Insights/scheduledQueryRules"] = "^[A-Za-z0-9-]{1,260}$",
        ["Microsoft.KeyVault/vaults"] = "^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$",
        ["Microsoft.KeyVault/vaults/keys"] = "^[a-zA-Z0-9-]{1,127}$",
        ["Microsoft.KeyVault/vaults/secrets"] = "^[A-Za-z0-9-]{1,127}$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$",
        ["Microsoft.Network/natGateways"] = "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
        ["Microsoft.Network/networkSecurityGroups"] = "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
        ["Microsoft.Network/privateDnsZones"] = @"^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,33}$",
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
        ["Microsoft.Network/privateEndpoints"] = "^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$",
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = "^[A-Za-z0-9._-]{1,80}$",
        ["Microsoft.Network/publicIPAddresses"] = "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
        ["Microsoft.Network/virtualNetworks"] = "^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"] = "^default$",
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = "^default$",
        ["Microsoft.Storage/storageAccounts/queueServices"] = "^default$",
        ["Microsoft.Web/serverfarms"] = "^[A-Za-z0-9-]{1,60}$",
        ["Microsoft.Web/sites"] = "^[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]$",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "^(ftp|scm)$",
    };

    /// <summary>Types that Azure gives no tags.</summary>
    private static readonly string[] s_untagged =
    [
        "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions", "Microsoft.Consumption/budgets",
        "Microsoft.EventGrid/systemTopics/eventSubscriptions", "Microsoft.Insights/diagnosticSettings", "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/blobServices/containers", "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies",
        "Microsoft.Storage/storageAccounts/queueServices", "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
    ];

    /// <summary>Versions that never came out of preview, with the reason for using them.</summary>
    private static readonly Dictionary<string, string> s_previews = new()
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] = "There is no other that takes a workspace and every kind of resource.",
    };

    private IEnumerable<Resource> All => new[] { templates.Dev, templates.Prod, templates.Longest, templates.Events }.SelectMany(deployment => deployment.Resources);

    [Fact]
    public void Names_keep_within_the_limits_for_the_longest_parameters()
    {
        foreach (var resource in All)
        {
            Assert.True(s_rules.TryGetValue(resource.Type, out var rule), $"No rule is known for names of {resource.Type}");
            Assert.True(Regex.IsMatch(resource.Name.Split('/')[^1], rule), $"{resource} doesn't fit {rule}");
        }
    }

    [Fact]
    public void Hosts_names_fit_into_a_label_of_DNS()
    {
        var endpoint = new Uri(templates.Longest.Settings["Radiomics__DicomServices__0__Endpoint"]);

        Assert.InRange(endpoint.Host.Split('.')[0].Length, 1, 63);
        Assert.InRange(templates.Longest.App.Name.Length, 1, 60);
        // The host takes the first 32 characters of the app's name for its id, by which two apps on one account are told apart.
        Assert.InRange(templates.Longest.App.Name.Length, 1, 32);
    }

    [Fact]
    public void Access_rules_have_names_that_App_Service_takes() =>
        Assert.All(
            templates.Longest.App.Properties["siteConfig"]!["ipSecurityRestrictions"]!.AsArray(), rule => Assert.InRange(((string)rule!["name"]!).Length, 1, 32));

    [Fact]
    public void A_longer_name_is_refused()
    {
        var parameters = File.ReadAllText(templates.Path("dev.bicepparam"));

        Assert.ThrowsAny<Exception>(() => templates.Deploy($"{parameters}\nparam name = 'radiomicss'\n"));
    }

    [Fact]
    public void Everything_is_tagged()
    {
        foreach (var resource in templates.Dev.Resources.Concat(templates.Prod.Resources).Where(resource => !s_untagged.Contains(resource.Type)))
        {
            Assert.True(resource.Json["tags"] is not null, $"{resource} has no tags");
            Assert.Equal(["application", "costCenter", "owner", "stage"], resource.Json["tags"]!.AsObject().Select(tag => tag.Key).Order());
        }
    }

    [Fact]
    public void No_API_version_is_a_preview_without_a_reason() =>
        Assert.Equal(
            s_previews.Keys.Order(),
            All.Select(resource => $"{resource.Type}@{resource.ApiVersion}").Where(version => !Regex.IsMatch(version, @"@\d{4}-\d\d-\d\d$")).Distinct().Order());
}
