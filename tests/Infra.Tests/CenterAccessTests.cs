using System.Text.RegularExpressions;
using Infra.Tests.Conditions;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary>What a center's principal may do with storage: send into its own folder and list it, and nothing else.</summary>
public sealed class CenterAccessTests(Templates templates)
{
    private const string Role = "Microsoft.Authorization/roleDefinitions";
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    private Resource SenderRole => Assert.Single(templates.Prod.Of(Role), role => ((string)role.Properties["roleName"]!).StartsWith("Radiomics sender", StringComparison.Ordinal));

    [Fact]
    public void A_center_writes_and_lists_in_its_own_folder()
    {
        Assert.True(Allows("A", AccessRequest.Write("A/study.zip")));
        Assert.True(Allows("A", AccessRequest.Write("A/folder/_ready")));
        Assert.True(Allows("A", AccessRequest.Append("A/study.zip")));
        Assert.True(Allows("A", AccessRequest.List("A/")));
        Assert.True(Allows("A", AccessRequest.List("A/folder/")));
        Assert.True(Allows("research", AccessRequest.Write("research/study.zip")));
    }

    [Fact]
    public void A_center_neither_writes_nor_lists_anywhere_else()
    {
        foreach (var path in new[] { "B/study.zip", "AB/study.zip", "a/study.zip", "study.zip", "A", "", "/A/study.zip", "B/A/study.zip" })
        {
            Assert.False(Allows("A", AccessRequest.Write(path)), path);
            Assert.False(Allows("A", AccessRequest.Append(path)), path);
            Assert.False(Allows("A", AccessRequest.List(path)), path);
        }

        Assert.False(Allows("A", AccessRequest.List(null)));
    }

    [Fact]
    public void A_center_reads_changes_and_deletes_nothing_not_even_its_own()
    {
        foreach (var path in new[] { "A/study.zip", "B/study.zip" })
        {
            Assert.False(Allows("A", AccessRequest.Read(path)), path);
            Assert.False(Allows("A", AccessRequest.ReadWithPrefix(path, "A/")), path);
            Assert.False(Allows("A", AccessRequest.ReadByTag(path)), path);
            Assert.False(Allows("A", AccessRequest.Delete(path)), path);
            Assert.False(Allows("A", AccessRequest.Move(path)), path);
            Assert.False(Allows("A", AccessRequest.SetTags(path)), path);
        }
    }

    [Fact]
    public void It_holds_for_the_container_of_uploads_alone()
    {
        foreach (var assignment in templates.Prod.Of(Assignment).Where(a => a.Properties["condition"] is not null))
        {
            Assert.Equal("Microsoft.Storage/storageAccounts/blobServices/containers", assignment.Target.Split(' ')[0]);
            Assert.EndsWith($"/default/{Containers.Incoming}", assignment.Target, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Conditions_have_the_form_that_Azure_documents()
    {
        var condition = (string)templates.Prod.Of(Assignment).Single(a => (string?)a.Properties["description"] == "Center A sends studies.").Properties["condition"]!;

        // A sub-operation stands beside its action in what a clause is about, and never in what must hold.
        Assert.Equal(Regex.Count(condition, "SubOperationMatches"), Regex.Count(condition, @"!\(ActionMatches\{'[^']+'\} AND (NOT )?SubOperationMatches\{'Blob\.List'\}\)"));
        Assert.Equal(Regex.Count(condition, "ActionMatches"), Regex.Count(condition, @"!\(ActionMatches"));
        Assert.Equal(
            ["@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"],
            Regex.Matches(condition, @"@\w+\[[^\]]+\]").Select(attribute => attribute.Value).Order(StringComparer.Ordinal));
        // What reading wants is no name that a container can have.
        Assert.DoesNotMatch("^[a-z0-9-]+$", Regex.Match(condition, "containers:name\\] StringEquals '([^']+)'").Groups[1].Value);
    }

    [Fact]
    public void Nobody_has_the_role_without_a_condition()
    {
        var holders = templates.Prod.Of(Assignment).Where(a => ((string)a.Properties["roleDefinitionId"]!).EndsWith(SenderRole.Name, StringComparison.Ordinal)).ToList();

        Assert.Equal(3, holders.Count);
        Assert.All(holders, holder => Assert.NotNull(holder.Properties["condition"]));
        Assert.All(holders, holder => Assert.Equal("2.0", (string?)holder.Properties["conditionVersion"]));
    }

    [Fact]
    public void A_center_without_a_principal_has_no_access() => Assert.DoesNotContain(templates.Dev.Of(Assignment), a => a.Properties["condition"] is not null);

    [Theory]
    [InlineData("A'') OR (true")]
    [InlineData("A/B")]
    [InlineData(@"A\\B")]
    public void An_id_that_could_end_a_condition_ends_the_deployment(string id)
    {
        var failure = Assert.ThrowsAny<Exception>(() => templates.Deploy(
            File.ReadAllText(templates.Path("prod.bicepparam")).Replace("id: 'A'", $"id: '{id.Replace("''", @"\'", StringComparison.Ordinal)}'", StringComparison.Ordinal)));

        Assert.Contains("has characters that no folder of a center can have", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Whether the role has the action, and the condition of the center's assignment lets it pass.</summary>
    private bool Allows(string center, AccessRequest request)
    {
        var actions = SenderRole.Properties["permissions"]!.AsArray().Single()!["dataActions"]!.AsArray().Select(action => (string)action!);
        var assignment = templates.Prod.Of(Assignment).Single(a => (string?)a.Properties["description"] == $"Center {center} sends studies.");
        return actions.Contains(request.Action) && AccessCondition.Parse((string)assignment.Properties["condition"]!).Allows(request);
    }
}
