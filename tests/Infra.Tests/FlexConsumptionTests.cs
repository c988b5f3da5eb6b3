using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>
/// What Flex Consumption takes of a site. It refuses a whole deployment for one property too many (error 51021: "The following site configuration property … for Flex Consumption
/// sites is invalid"), and only Azure would tell: so nothing is set but what is known to be taken.
/// </summary>
public sealed class FlexConsumptionTests(Templates templates)
{
    /// <summary>Not there, since refused or of no use (functions-app-settings: Flex Consumption plan deprecations): alwaysOn, ftpsState, functionAppScaleLimit,
    /// functionsRuntimeScaleMonitoringEnabled, linuxFxVersion, minimumElasticInstanceCount, netFrameworkVersion, preWarmedInstanceCount, use32BitWorkerProcess, vnetRouteAllEnabled, windowsFxVersion.</summary>
    private static readonly string[] s_siteConfig =
    [
        "appSettings", "http20Enabled", "ipSecurityRestrictions", "ipSecurityRestrictionsDefaultAction", "minTlsVersion",
        "scmIpSecurityRestrictions", "scmIpSecurityRestrictionsDefaultAction", "scmIpSecurityRestrictionsUseMain", "scmMinTlsVersion",
    ];

    /// <summary>Not there: containerSize, isXenon, reserved (the plan's), vnetContentShareEnabled, vnetImagePullEnabled, vnetRouteAllEnabled.</summary>
    private static readonly string[] s_site =
        ["functionAppConfig", "httpsOnly", "keyVaultReferenceIdentity", "publicNetworkAccess", "serverFarmId", "siteConfig", "virtualNetworkSubnetId"];

    private static readonly string[] s_functionAppConfig = ["deployment", "runtime", "scaleAndConcurrency"];
    private static readonly string[] s_plan = ["reserved", "zoneRedundant"];

    /// <summary>What functionAppConfig says instead.</summary>
    private static readonly string[] s_movedSettings =
    [
        "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED", "FUNCTIONS_WORKER_PROCESS_COUNT",
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT",
    ];

    [Fact]
    public void A_site_says_nothing_that_the_plan_refuses()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            Assert.Empty(Names(deployment.App.Properties["siteConfig"]!).Except(s_siteConfig));
            Assert.Empty(Names(deployment.App.Properties).Except(s_site));
            Assert.Empty(Names(deployment.App.Properties["functionAppConfig"]!).Except(s_functionAppConfig));
            Assert.Empty(Names(Assert.Single(deployment.Of("Microsoft.Web/serverfarms")).Properties).Except(s_plan));
        }
    }

    [Fact]
    public void Runtime_package_and_network_are_not_told_by_settings() => Assert.DoesNotContain(
        templates.Dev.Settings.Keys.Concat(templates.Prod.Settings.Keys),
        name => s_movedSettings.Contains(name) || name.StartsWith("WEBSITE_", StringComparison.Ordinal));

    /// <summary>Of what is asked for: a null isn't.</summary>
    private static IEnumerable<string> Names(JsonNode of) => of.AsObject().Where(property => property.Value is not null).Select(property => property.Key);
}
