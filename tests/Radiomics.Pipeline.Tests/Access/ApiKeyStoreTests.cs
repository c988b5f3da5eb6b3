using System.Text.Json.Nodes;
using Radiomics.Extraction;
using Radiomics.Pipeline.Tests.DicomService;

namespace Radiomics.Pipeline.Tests.Access;

public sealed class ApiKeyStoreTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_that_is_stored_of_a_key_has_its_secret()
    {
        var (store, keys) = await OpenAsync();
        var center = Account.NewCenter();

        var (key, record) = await keys.AddAsync(center, [Right.Submit, Right.Read], "PACS gateway", null, "tests");

        var stored = await store.TextAsync(Containers.Keys, $"{key.Id}.json");
        var audit = string.Concat(await Task.WhenAll((await store.NamesAsync(Containers.Audit, $"{center}/")).Select(name => store.TextAsync(Containers.Audit, name))));
        Assert.Equal(Digest.Of(BinaryData.FromString(key.Secret)), (string?)JsonNode.Parse(stored)!["sha256"]);
        Assert.DoesNotContain(key.Secret, stored + audit + key + record, StringComparison.Ordinal);
        Assert.Contains(key.Id, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_as_its_sender_has_it_is_read_back()
    {
        var (_, keys) = await OpenAsync();
        var (key, record) = await keys.AddAsync(Account.NewCenter(), [Right.Submit], "PACS gateway", null, "tests");

        var shown = ApiKey.TryParse(key.Reveal());

        Assert.Equal(key, shown);
        Assert.True(shown!.Has(record.Sha256));
        Assert.False(ApiKey.Create().Has(record.Sha256));
    }

    [Theory]
    [InlineData("")]
    [InlineData("radiomics_")]
    [InlineData("radiomics_0123456789abcdeX_0123456789012345678901234567890123456789012")]
    [InlineData("radiomics_../../../../models_0123456789012345678901234567890123456789012")]
    [InlineData("radiomics_0123456789abcdef_01234567890123456789012345678901234567890/2")]
    [InlineData("radiomics_0123456789abcdef_01234567890123456789012345678901234567890123")]
    [InlineData("Radiomics_0123456789abcdef_0123456789012345678901234567890123456789012")]
    public void What_is_no_key_is_none(string text) => Assert.Null(ApiKey.TryParse(text));

    [Fact]
    public async Task Two_keys_of_a_center_are_valid_at_once_so_that_one_replaces_the_other_without_a_gap()
    {
        var (_, keys) = await OpenAsync();
        var center = Account.NewCenter();
        var (old, _) = await keys.AddAsync(center, [Right.Submit], "PACS gateway", null, "tests");
        var (next, _) = await keys.AddAsync(center, [Right.Submit], "PACS gateway", null, "tests");
        var between = await keys.ListAsync(center);

        await keys.RevokeAsync(old.Id, "tests");

        var after = await keys.ListAsync(center);
        Assert.All(between, record => Assert.True(record.IsValid(DateTimeOffset.UtcNow)));
        Assert.Equal([old.Id], after.Where(record => !record.IsValid(DateTimeOffset.UtcNow)).Select(record => record.Id));
        Assert.Equal([next.Id], after.Where(record => record.IsValid(DateTimeOffset.UtcNow)).Select(record => record.Id));
    }

    [Fact]
    public async Task Making_and_revoking_a_key_stand_in_the_centers_audit_once_with_who_did_it()
    {
        var (store, keys) = await OpenAsync();
        var center = Account.NewCenter();
        var (key, _) = await keys.AddAsync(center, [Right.Submit, Right.Read], "PACS gateway", null, "tool:anna");

        var first = await keys.RevokeAsync(key.Id, "tool:ben");
        var again = await keys.RevokeAsync(key.Id, "tool:carl");

        var names = await store.NamesAsync(Containers.Audit, $"{center}/");
        var lines = (await store.TextAsync(Containers.Audit, names.Single(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [("key-added", "tool:anna"), ("key-revoked", "tool:ben")],
            lines.Select(line => JsonNode.Parse(line)!).Select(e => ((string?)e["action"], (string?)e["actor"])));
        Assert.Equal("Submit Read", (string?)JsonNode.Parse(lines[0])!["subjects"]!["rights"]);
        Assert.Equal(first.Revoked, again.Revoked);
    }

    [Fact]
    public async Task A_key_is_valid_until_it_ends()
    {
        var clock = new MovedClock();
        var (_, keys) = await OpenAsync(clock);
        var (_, record) = await keys.AddAsync(Account.NewCenter(), [Right.Submit], "PACS gateway", TimeSpan.FromSeconds(60), "tests");

        clock.Pass(59);
        Assert.True(record.IsValid(clock.GetUtcNow()));
        clock.Pass(1);
        Assert.False(record.IsValid(clock.GetUtcNow()));
    }

    [Theory]
    [InlineData("../x", "label", 1)]
    [InlineData("A", "", 1)]
    [InlineData("A", "two\nlines", 1)]
    [InlineData("A", "label", 0)]
    [InlineData("A", "label", -1)]
    public async Task A_key_for_nothing_is_not_made(string center, string label, int days)
    {
        var (_, keys) = await OpenAsync();

        var refused = await Assert.ThrowsAsync<RadiomicsException>(() => keys.AddAsync(center, days == 0 ? [] : [Right.Read], label, TimeSpan.FromDays(days == 0 ? 1 : days), "tests"));

        Assert.Equal("ApiKeyInvalid", refused.Code);
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("../keys/0123456789")]
    public async Task A_key_that_is_not_there_is_not_revoked(string id)
    {
        var (_, keys) = await OpenAsync();
        Assert.Equal("ApiKeyNotFound", (await Assert.ThrowsAsync<RadiomicsException>(() => keys.RevokeAsync(id, "tests"))).Code);
    }

    private async Task<(BlobStore Store, ApiKeyStore Keys)> OpenAsync(TimeProvider? clock = null)
    {
        var store = await Account.StoreAsync(azurite);
        return (store, new ApiKeyStore(store, new AuditTrail(store, Account.AuditKey, TimeProvider.System), clock ?? TimeProvider.System));
    }
}
