namespace Infra.Tests;

/// <summary>Every role that is given, with its reason. Whoever gives another writes it down here.</summary>
public sealed class RoleTests(Templates templates)
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";

    private static readonly Dictionary<string, string> s_roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["58a3b984-7adf-4c20-983a-32417c86fbc8"] = "DICOM Data Owner",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private static readonly Grant[] s_allowed =
    [
        new("app", "Storage Blob Data Owner", Storage, "host", "The Functions host keeps its leases, keys and the blob trigger's receipts there; Microsoft names this role for it."),
        new("app", "Storage Queue Data Contributor", Storage, "host", "Durable Functions' control and work-item queues, and the blob trigger's queue."),
        new("app", "Storage Table Data Contributor", Storage, "host", "Durable Functions' histories."),
        new("app", "Storage Blob Data Contributor", Storage, "data", "The product reads and writes its containers, makes those that are missing, and signs addresses for uploads. Not Owner: it sets no owners and no tags."),
        new("app", "Storage Queue Data Contributor", Storage, "data", "The blob trigger puts what it gave up into webjobs-blobtrigger-poison of the account that its connection names."),
        new("app", "Key Vault Secrets User", "Microsoft.KeyVault/vaults/secrets", "uid-key", "Reads the key of UIDs; no other secret."),
        new("app", "Key Vault Secrets User", "Microsoft.KeyVault/vaults/secrets", "console-client-secret", "Reads the secret with which it redeems codes at the issuer, where people sign in with their accounts."),
        new("app", "Radiomics audit signer", "Microsoft.KeyVault/vaults/keys", "audit", "Signs for the audit trail, once a day for each process, and reads the public key; can't change, delete or back up the key."),
        new("app", "DICOM Data Owner", "Microsoft.HealthcareApis/workspaces/dicomservices", "center-", "Fetches studies and stores reports; there is no role that writes and can't delete."),
        new("app", "Monitoring Metrics Publisher", "Microsoft.Insights/components", "radiomics", "Sends telemetry; local authentication is off."),
        new("uploads", "Storage Blob Data Contributor", Container, "dead-letters", "The topic of uploads writes what Event Grid can't deliver."),
        new("dicom", "Storage Blob Data Contributor", Container, "dead-letters", "The topic of DICOM events writes what Event Grid can't deliver."),
        new("00000000-0000-0000-0000-00000000000a", "Radiomics sender", Container, "incoming", "Center A sends studies; by a condition into its folder only."),
        new("00000000-0000-0000-0000-00000000000b", "Radiomics sender", Container, "incoming", "Center B sends studies; by a condition into its folder only."),
        new("00000000-0000-0000-0000-00000000000c", "Radiomics sender", Container, "incoming", "Center research sends studies; by a condition into its folder only."),
    ];

    [Fact]
    public void Every_role_that_is_given_has_a_reason() =>
        Assert.Empty(Given(templates.Prod).Concat(Given(templates.Dev)).Where(given => !s_allowed.Any(allowed => allowed.Covers(given))).Select(given => $"{given}"));

    [Fact]
    public void Every_role_that_has_a_reason_is_given() =>
        Assert.Empty(s_allowed.Where(allowed => !Given(templates.Prod).Any(allowed.Covers)).Select(allowed => $"{allowed}"));

    [Fact]
    public void Nothing_that_is_deployed_takes_a_key_for_a_name()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            Assert.All(deployment.Of(Storage), account => Assert.False((bool)account.Properties["allowSharedKeyAccess"]!));
            Assert.All(deployment.Of("Microsoft.Insights/components"), insights => Assert.True((bool)insights.Properties["DisableLocalAuth"]!));
            Assert.All(deployment.Of("Microsoft.OperationalInsights/workspaces"), workspace => Assert.True((bool)workspace.Properties["features"]!["disableLocalAuth"]!));
            Assert.All(deployment.Of("Microsoft.KeyVault/vaults"), vault => Assert.True((bool)vault.Properties["enableRbacAuthorization"]!));
            Assert.Equal(["ftp", "scm"], deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Where(p => !(bool)p.Properties["allow"]!).Select(p => p.Name.Split('/')[^1]).Order());
            Assert.DoesNotContain(deployment.Settings, setting => setting.Value.Contains("AccountKey", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<Grant> Given(Deployment deployment)
    {
        var own = deployment.Of("Microsoft.Authorization/roleDefinitions").ToDictionary(role => role.Name, role => ((string)role.Properties["roleName"]!).Split(" (")[0]);
        foreach (var assignment in deployment.Of("Microsoft.Authorization/roleAssignments"))
        {
            var role = ((string)assignment.Properties["roleDefinitionId"]!).Split('/')[^1];
            var principal = ((string)assignment.Properties["principalId"]!).Split('-')[^1].TrimEnd('}');
            var target = assignment.Target.Split(' ');
            yield return new(
                Guid.TryParse((string)assignment.Properties["principalId"]!, out var id) ? $"{id}" : principal,
                own.GetValueOrDefault(role) ?? s_roles.GetValueOrDefault(role) ?? role, target[0], target[1], "");
        }
    }

    /// <summary>Who, what, on what kind of resource, and a part of its name.</summary>
    private sealed record Grant(string Principal, string Role, string Type, string Name, string Reason)
    {
        public bool Covers(Grant given) =>
            given.Principal == Principal && given.Role == Role && given.Type == Type && given.Name.Split('/')[^1].Contains(Name, StringComparison.Ordinal);
    }
}
