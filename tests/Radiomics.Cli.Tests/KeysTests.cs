using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class KeysTests(AzuriteFixture azurite)
{
    private readonly Dictionary<string, string> _environment = new() { ["RadiomicsStorage"] = azurite.ConnectionString };

    [Fact]
    public async Task A_key_is_made_listed_and_revoked_and_shown_only_once()
    {
        var made = await CommandLine.RunAsync(_environment, "keys", "add", "--center", "keyed", "--label", "PACS gateway", "--json");
        var key = ApiKey.TryParse(made.Json.GetProperty("key").GetString()!)!;
        var listed = await CommandLine.RunAsync(_environment, "keys", "list", "--center", "keyed", "--json");
        var revoked = await CommandLine.RunAsync(_environment, "keys", "revoke", key.Id);
        var after = await CommandLine.RunAsync(_environment, "keys", "list", "--center", "keyed", "--json");

        Assert.Equal((0, 0, 0, 0), (made.ExitCode, listed.ExitCode, revoked.ExitCode, after.ExitCode));
        var record = Assert.Single(listed.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal((key.Id, "valid"), (record.GetProperty("id").GetString(), record.GetProperty("state").GetString()));
        Assert.Equal(["submit", "read"], record.GetProperty("rights").EnumerateArray().Select(right => right.GetString()));
        Assert.Equal("revoked", Assert.Single(after.Json.GetProperty("keys").EnumerateArray()).GetProperty("state").GetString());
        Assert.DoesNotContain(key.Secret, listed.Output + revoked.Output + after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Sha256, listed.Output + after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_for_one_center_the_rights_that_were_named_and_as_many_days()
    {
        var made = await CommandLine.RunAsync(_environment, "keys", "add", "--center", "keyed2", "--label", "lab", "--right", "train", "approve", "--days", "30");
        var other = await CommandLine.RunAsync(_environment, "keys", "add", "--center", "keyed3", "--label", "lab");

        var key = ApiKey.TryParse(made.Output.Trim())!;
        var store = (await azurite.AccountAsync()).Store;
        var record = (await store.TryReadJsonAsync<ApiKeyRecord>(Containers.Keys, $"{key.Id}.json", TestContext.Current.CancellationToken))!;
        Assert.Equal(0, other.ExitCode);
        Assert.Equal("keyed2", record.Center);
        Assert.Equal([Right.Train, Right.Approve], record.Rights);
        Assert.Equal(TimeSpan.FromDays(30), record.Expires - record.Created);
        Assert.True(key.Has(record.Sha256));
        var listed = await CommandLine.RunAsync(_environment, "keys", "list", "--center", "keyed2");
        Assert.Contains(key.Id, listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("keyed3", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_on_the_containers_of_keys_and_audit_are_enough()
    {
        await using var account = new RestrictedAccount(azurite.ConnectionString, Containers.Keys, Containers.Audit, Containers.AuditHeads, Containers.AuditAnchors);
        Dictionary<string, string> environment = new() { ["RadiomicsStorage"] = account.ConnectionString };

        var made = await CommandLine.RunAsync(environment, "keys", "add", "--center", "keyed4", "--label", "PACS gateway", "--json");
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
        var listed = await CommandLine.RunAsync(environment, "keys", "list", "--center", "keyed4", "--json");
        var revoked = await CommandLine.RunAsync(environment, "keys", "revoke", ApiKey.TryParse(made.Json.GetProperty("key").GetString()!)!.Id);

        Assert.Equal((0, 0), (listed.ExitCode, revoked.ExitCode));
        Assert.NotEmpty(account.Refused);
        Assert.All(account.Refused, refused => Assert.Contains(refused, new[] { "PUT keys", "PUT audit", "PUT audit-heads", "PUT audit-anchors" }));
    }

    [Theory]
    [InlineData(2, "Usage", "add", "--center", "A", "--label", "x", "--right", "everything")]
    [InlineData(2, "Usage", "add", "--center", "A")]
    [InlineData(3, "ApiKeyInvalid", "add", "--center", "A/../B", "--label", "x")]
    [InlineData(3, "ApiKeyInvalid", "add", "--center", "A", "--label", "x", "--days", "0")]
    [InlineData(3, "ApiKeyNotFound", "revoke", "0123456789abcdef")]
    public async Task What_cannot_be_is_said_by_a_code(int exitCode, string code, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(_environment, ["keys", .. arguments, "--json"]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(code, result.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
