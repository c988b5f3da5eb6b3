using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

public sealed class AuditVerifyTests(AzuriteFixture azurite)
{
    private readonly Dictionary<string, string> _environment = new() { ["RadiomicsStorage"] = azurite.ConnectionString };

    [Fact]
    public async Task A_whole_chain_is_intact()
    {
        await AppendAsync("whole", 3);
        var result = await CommandLine.RunAsync(_environment, "audit", "verify", "--center", "whole", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Json.GetProperty("intact").GetBoolean());
        Assert.Equal(3, result.Json.GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task A_forged_line_is_named_with_its_segment()
    {
        await AppendAsync("forged", 2);
        var store = (await azurite.AccountAsync()).Store;
        var segment = await FirstSegmentAsync(store, "forged");
        using var forged = new MemoryStream("{\"forged\":true}\n"u8.ToArray());
        await store.AppendBlob(Containers.Audit, segment).AppendBlockAsync(forged);

        var result = await CommandLine.RunAsync(_environment, "audit", "verify", "--center", "forged");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"BROKEN at audit/{segment}, line 3", result.Output);
    }

    [Fact]
    public async Task A_center_without_events_is_not_called_intact()
    {
        var result = await CommandLine.RunAsync(_environment, "audit", "verify", "--center", "nobody", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("NoAuditTrail", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private async Task AppendAsync(string center, int count)
    {
        var trail = new AuditTrail((await azurite.AccountAsync()).Store, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            await trail.AppendAsync(new AuditEvent { Id = $"{center}/{i}", Center = center, Actor = "test", Action = "tested" });
        }
    }

    private static async Task<string> FirstSegmentAsync(BlobStore store, string center)
    {
        var options = new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = $"{center}/" };
        await foreach (var blob in store.Container(Containers.Audit).GetBlobsAsync(options))
        {
            if (blob.Name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                return blob.Name;
            }
        }

        throw new InvalidOperationException("There is no audit segment.");
    }
}
