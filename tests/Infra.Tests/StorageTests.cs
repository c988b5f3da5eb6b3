using System.Text.Json.Nodes;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary>The two storage accounts.</summary>
public sealed class StorageTests(Templates templates)
{
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Immutability = "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies";
    private const string Policy = "Microsoft.Storage/storageAccounts/managementPolicies";

    [Fact]
    public void The_containers_are_those_of_the_code() =>
        Assert.Equal(
            Containers.All.Order(),
            templates.Prod.Of(Container).Where(c => c.Name.StartsWith(templates.Prod.DataStorage.Name, StringComparison.Ordinal)).Select(c => c.Name.Split('/')[^1]).Order());

    [Fact]
    public void No_container_is_public() => Assert.All(templates.Prod.Of(Container), container => Assert.Equal("None", (string?)container.Properties["publicAccess"]));

    [Fact]
    public void What_is_overwritten_or_deleted_can_be_had_back()
    {
        var blobs = templates.Prod.Of("Microsoft.Storage/storageAccounts/blobServices").Single(s => s.Name.StartsWith(templates.Prod.DataStorage.Name, StringComparison.Ordinal)).Properties;

        Assert.True((bool)blobs["isVersioningEnabled"]!);
        foreach (var policy in new[] { "deleteRetentionPolicy", "containerDeleteRetentionPolicy" })
        {
            Assert.True((bool)blobs[policy]!["enabled"]!);
            Assert.Equal(90, (int)blobs[policy]!["days"]!);
        }
    }

    [Fact]
    public void Azure_deletes_no_blob_of_the_product_that_is_current()
    {
        var rules = templates.Prod.Of(Policy).Single(p => p.Name.StartsWith(templates.Prod.DataStorage.Name, StringComparison.Ordinal)).Properties["policy"]!["rules"]!.AsArray();

        var actions = Assert.Single(rules)!["definition"]!["actions"]!.AsObject();
        Assert.Equal(["version"], actions.Select(action => action.Key));
        Assert.Equal(["delete"], actions["version"]!.AsObject().Select(action => action.Key));
        // Versions become soft-deleted at once, so that what was erased is gone after recoveryDays, and not after twice as long.
        Assert.Equal(1, (int)actions["version"]!["delete"]!["daysAfterCreationGreaterThan"]!);
    }

    [Fact]
    public void Where_Azure_deletes_by_a_rule_the_firewall_lets_it_in()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod, templates.Longest })
        {
            var accounts = deployment.Of(Policy).Select(policy => deployment.Of("Microsoft.Storage/storageAccounts").Single(account => account.Name == policy.Name.Split('/')[0])).ToList();

            Assert.NotEmpty(accounts);
            Assert.All(accounts, account => Assert.Equal("AzureServices", (string?)account.Properties["networkAcls"]!["bypass"]));
        }
    }

    [Fact]
    public void Audit_events_can_be_appended_and_nothing_else_and_their_heads_overwritten()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            Assert.Equal(2, deployment.Of(Immutability).Count());
            var policy = deployment.Of(Immutability).Single(policy => policy.Name == $"{deployment.DataStorage.Name}/default/{Containers.Audit}/default");
            Assert.True((bool)policy.Properties["allowProtectedAppendWrites"]!);
            Assert.Null(policy.Properties["allowProtectedAppendWritesAll"]);
            Assert.Equal(3653, (int)policy.Properties["immutabilityPeriodSinceCreationInDays"]!);
        }
    }

    [Fact]
    public void Anchors_of_the_audit_trail_are_written_once_and_nothing_else()
    {
        foreach (var deployment in new[] { templates.Dev, templates.Prod })
        {
            var policy = deployment.Of(Immutability).Single(policy => policy.Name == $"{deployment.DataStorage.Name}/default/{Containers.AuditAnchors}/default");
            Assert.False((bool)policy.Properties["allowProtectedAppendWrites"]!);
            Assert.Null(policy.Properties["allowProtectedAppendWritesAll"]);
            Assert.Equal(3653, (int)policy.Properties["immutabilityPeriodSinceCreationInDays"]!);
        }
    }

    [Fact]
    public void The_key_of_the_audit_trail_signs_never_leaves_the_vault_and_is_never_replaced_by_a_deployment()
    {
        var vault = templates.Prod.Of("Microsoft.KeyVault/vaults").Single().Name;
        var key = templates.Prod.Of("Microsoft.KeyVault/vaults/keys").Single();
        var (exitCode, template, messages) = templates.Bicep("build", "modules/vault.bicep", "--stdout");
        Assert.True(exitCode == 0, messages);

        Assert.Equal(("EC", "P-256"), ((string?)key.Properties["kty"], (string?)key.Properties["curveName"]));
        Assert.Equal(["sign", "verify"], key.Properties["keyOps"]!.AsArray().Select(use => (string?)use));
        Assert.Null(key.Properties["attributes"]?["exportable"]);
        Assert.NotNull(JsonNode.Parse(template)!["resources"]!["auditKey"]!["@options"]!["onlyIfNotExists"]);
        Assert.Equal($"https://{vault}.vault.azure.net/keys/{key.Name.Split('/')[^1]}", templates.Prod.Settings["Radiomics__Audit__Key"]);
        Assert.True(VaultAuditKey.IsAddress(new Uri(templates.Prod.Settings["Radiomics__Audit__Key"])));
    }

    [Fact]
    public void A_policy_that_was_locked_is_asked_for_no_more()
    {
        var locked = templates.Deploy(File.ReadAllText(templates.Path("prod.bicepparam")) + "param auditLocked = true\n");

        var eventsOnly = templates.Deploy(File.ReadAllText(templates.Path("prod.bicepparam")) + "param auditLocked = true\nparam anchorsLocked = false\n");

        Assert.Empty(locked.Of(Immutability));
        Assert.Equal($"{eventsOnly.DataStorage.Name}/default/{Containers.AuditAnchors}/default", Assert.Single(eventsOnly.Of(Immutability)).Name);
        Assert.Equal(Containers.All.Count, locked.Of(Container).Count(container => container.Name.StartsWith(locked.DataStorage.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public void In_the_hosts_account_dead_letters_alone_are_deleted()
    {
        var rules = templates.Prod.Of(Policy).Single(p => p.Name.StartsWith(templates.Prod.HostStorage.Name, StringComparison.Ordinal)).Properties["policy"]!["rules"]!.AsArray();

        Assert.Equal(["dead-letters/"], Assert.Single(rules)!["definition"]!["filters"]!["prefixMatch"]!.AsArray().Select(prefix => (string?)prefix));
    }

    [Fact]
    public void The_key_of_UIDs_is_never_overwritten_and_never_deleted_for_good()
    {
        var vault = templates.Prod.Of("Microsoft.KeyVault/vaults").Single().Properties;
        var (exitCode, template, messages) = templates.Bicep("build", "modules/vault.bicep", "--stdout");
        Assert.True(exitCode == 0, messages);
        var secret = JsonNode.Parse(template)!["resources"]!["newSecret"]!;

        Assert.True((bool)vault["enablePurgeProtection"]!);
        Assert.Equal(90, (int)vault["softDeleteRetentionInDays"]!);
        Assert.NotNull(secret["@options"]!["onlyIfNotExists"]);
        Assert.Equal("[not(empty(parameters('uidKey')))]", (string?)secret["condition"]);
    }
}
