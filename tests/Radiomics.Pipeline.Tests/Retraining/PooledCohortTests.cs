using System.Text.Json.Nodes;

namespace Radiomics.Pipeline.Tests.Retraining;

public sealed class PooledCohortTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_center_whose_cohort_is_pooled_has_the_reading_in_its_audit_once()
    {
        var store = await Account.StoreAsync(azurite);
        var audit = new RetrainingAudit(new AuditTrail(store, Account.AuditKey, TimeProvider.System));
        var (trained, first, second) = (Account.NewCenter(), Account.NewCenter(), Account.NewCenter());
        var request = new RetrainingRequest
        {
            Id = $"r-{Guid.NewGuid():N}",
            Center = trained,
            Cohort = $"{trained}/x.csv",
            CohortSha256 = "ab12",
            Pool = [$"{first}/x", $"{second}/x", $"{second}/y"],
            Actor = "entra:o1",
        };

        await audit.PooledAsync(request);
        await audit.PooledAsync(request);

        Assert.Equal([("entra:o1", $"{first}/x", trained)], await ReadingsAsync(store, first, request.Id));
        Assert.Equal([("entra:o1", $"{second}/x", trained), ("entra:o1", $"{second}/y", trained)], await ReadingsAsync(store, second, request.Id));
    }

    private static async Task<IEnumerable<(string? Actor, string? Cohort, string? By)>> ReadingsAsync(BlobStore store, string center, string retraining)
    {
        var segment = (await store.NamesAsync(Containers.Audit, $"{center}/")).Single(name => name.EndsWith(".jsonl", StringComparison.Ordinal));
        return (await store.TextAsync(Containers.Audit, segment)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(e => (string?)e["action"] == "cohort-read" && (string?)e["subjects"]!["retraining"] == retraining)
            .Select(e => ((string?)e["actor"], (string?)e["subjects"]!["cohort"], (string?)e["subjects"]!["by"]));
    }
}
