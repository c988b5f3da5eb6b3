using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>Who can reach what.</summary>
public sealed class NetworkTests(Templates templates)
{
    private static readonly string[] s_closed =
        ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.HealthcareApis/workspaces", "Microsoft.HealthcareApis/workspaces/dicomservices"];

    [Fact]
    public void In_prod_storage_vault_and_DICOM_services_have_no_public_network()
    {
        foreach (var type in s_closed)
        {
            Assert.NotEmpty(templates.Prod.Of(type));
            Assert.All(templates.Prod.Of(type), resource => Assert.Equal("Disabled", (string?)resource.Properties["publicNetworkAccess"]));
        }

        Assert.All(
            templates.Prod.Resources.Where(r => r.Json["properties"]?["networkAcls"] is not null), resource => Assert.Equal("Deny", (string?)resource.Properties["networkAcls"]!["defaultAction"]));
    }

    [Fact]
    public void In_prod_each_of_them_has_a_private_endpoint_for_what_is_used_of_it()
    {
        var endpoints = templates.Prod.Of("Microsoft.Network/privateEndpoints")
            .Select(endpoint => endpoint.Properties["privateLinkServiceConnections"]!.AsArray().Single()!["properties"]!)
            .Select(link => $"{((string)link["privateLinkServiceId"]!).Split('/')[^1]} {string.Join(',', link["groupIds"]!.AsArray())}");

        var (host, data) = (templates.Prod.HostStorage.Name, templates.Prod.DataStorage.Name);
        var (vault, workspace) = (templates.Prod.Of("Microsoft.KeyVault/vaults").Single().Name, templates.Prod.Of("Microsoft.HealthcareApis/workspaces").Single().Name);
        string[] expected = [$"{host} blob", $"{host} queue", $"{host} table", $"{data} blob", $"{data} queue", $"{vault} vault", $"{workspace} healthcareworkspace"];
        Assert.Equal(expected.Order(), endpoints.Order());
    }

    [Fact]
    public void In_prod_every_private_endpoint_gets_its_name_in_a_zone_that_the_network_asks()
    {
        var linked = templates.Prod.Of("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Select(link => link.Name.Split('/')[0]).ToList();
        var groups = templates.Prod.Of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").ToList();
        var used = groups.SelectMany(group => group.Properties["privateDnsZoneConfigs"]!.AsArray().Select(config => ((string)config!["properties"]!["privateDnsZoneId"]!).Split('/')[^1])).ToList();

        Assert.Equal(templates.Prod.Of("Microsoft.Network/privateEndpoints").Count(), groups.Count);
        Assert.Equal(templates.Prod.Of("Microsoft.Network/privateDnsZones").Select(zone => zone.Name).Order(), linked.Order());
        Assert.Equal(linked.Order(), used.Distinct().Order());
    }

    [Fact]
    public void With_the_platforms_own_names_no_zone_is_made()
    {
        var deployment = templates.Deploy(File.ReadAllText(templates.Path("prod.bicepparam")).Replace("dns: 'create'", "dns: 'policy'", StringComparison.Ordinal));

        Assert.NotEmpty(deployment.Of("Microsoft.Network/privateEndpoints"));
        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.Contains("DnsZone", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void In_prod_the_app_sends_through_its_own_subnet_and_the_subnets_lie_apart()
    {
        var subnets = templates.Prod.Of("Microsoft.Network/virtualNetworks").Single().Properties["subnets"]!.AsArray();

        Assert.EndsWith("/virtualNetworks/radiomics-prod/subnets/app", (string?)templates.Prod.App.Properties["virtualNetworkSubnetId"], StringComparison.Ordinal);
        Assert.Equal(["app 10.60.0.0/26", "endpoints 10.60.0.64/26"], subnets.Select(subnet => $"{subnet!["name"]} {subnet["properties"]!["addressPrefix"]}"));
        Assert.Equal("Microsoft.App/environments", (string?)subnets[0]!["properties"]!["delegations"]![0]!["properties"]!["serviceName"]);
        Assert.NotNull(subnets[0]!["properties"]!["natGateway"]);
    }

    [Fact]
    public void The_apps_public_side_is_open_to_Event_Grid_and_the_listed_sites_and_closed_otherwise()
    {
        var site = templates.Prod.App.Properties["siteConfig"]!;

        // Open at all since Event Grid delivers to public endpoints only.
        Assert.Equal("Enabled", (string?)templates.Prod.App.Properties["publicNetworkAccess"]);
        Assert.Equal("Deny", (string?)site["ipSecurityRestrictionsDefaultAction"]);
        Assert.Equal(
            ["Allow ServiceTag AzureEventGrid", "Allow Default 192.0.2.0/28", "Allow Default 198.51.100.16/28"],
            site["ipSecurityRestrictions"]!.AsArray().OrderBy(rule => (int)rule!["priority"]!).Select(Describe));
        Assert.Equal("Deny", (string?)site["scmIpSecurityRestrictionsDefaultAction"]);
        Assert.False((bool)site["scmIpSecurityRestrictionsUseMain"]!);
        Assert.Equal(["Allow Default 192.0.2.8/32"], site["scmIpSecurityRestrictions"]!.AsArray().Select(Describe));
    }

    [Fact]
    public void Nothing_speaks_less_than_TLS_1_2()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            Assert.All(deployment.Of("Microsoft.Storage/storageAccounts"), account =>
            {
                Assert.Equal("TLS1_2", (string?)account.Properties["minimumTlsVersion"]);
                Assert.True((bool)account.Properties["supportsHttpsTrafficOnly"]!);
                Assert.False((bool)account.Properties["allowBlobPublicAccess"]!);
            });
            var app = deployment.App.Properties;
            Assert.True((bool)app["httpsOnly"]!);
            Assert.Equal("1.2", (string?)app["siteConfig"]!["minTlsVersion"]);
            Assert.Equal("1.2", (string?)app["siteConfig"]!["scmMinTlsVersion"]);
        }

        Assert.All(
            templates.Events.Of("Microsoft.EventGrid/systemTopics/eventSubscriptions"),
            subscription => Assert.Equal("1.2", (string?)subscription.Properties["destination"]!["properties"]!["minimumTlsVersionAllowed"]));
        // Vault and DICOM services take nothing less and have no setting for it.
        Assert.DoesNotContain(
            templates.Prod.Resources.SelectMany(resource => Strings(resource.Json)),
            text => text.StartsWith("http://", StringComparison.Ordinal) || text is "TLS1_0" or "TLS1_1" or "1.0" or "1.1");
    }

    private static string Describe(JsonNode? rule) => $"{rule!["action"]} {rule["tag"]} {rule["ipAddress"]}";

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(pair => Strings(pair.Value)),
        JsonArray all => all.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
