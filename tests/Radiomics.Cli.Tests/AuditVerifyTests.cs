using System.Text.Json;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

/// <summary><c>radiomics audit</c> on an account of its own, since <c>--all</c> means all.</summary>
public sealed class AuditVerifyTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    private string KeyFile => _folder.File("audit-key");

    public async ValueTask InitializeAsync()
    {
        await DeleteAsync("");
        _environment["RadiomicsStorage"] = azurite.ConnectionString;
        _environment["Radiomics__Audit__KeyFile"] = KeyFile;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_whole_chain_is_intact()
    {
        await AppendAsync("whole", 3);
        var result = await RunAsync("verify", "--center", "whole", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Json.GetProperty("intact").GetBoolean());
        Assert.Equal(3, result.Json.GetProperty("events").GetInt32());
        Assert.True(result.Json.GetProperty("keysCompared").GetBoolean());
    }

    [Fact]
    public async Task A_forged_line_is_named_with_its_segment()
    {
        await AppendAsync("forged", 2);
        var store = (await azurite.AccountAsync()).Store;
        var segment = await FirstSegmentAsync(store, "forged");
        using var forged = new MemoryStream("{\"forged\":true}\n"u8.ToArray());
        await store.AppendBlob(Containers.Audit, segment).AppendBlockAsync(forged);

        var result = await RunAsync("verify", "--center", "forged");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"BROKEN at audit/{segment}, line 3: not an event. There is something else in the place of an event.", result.Output);
    }

    [Fact]
    public async Task A_center_of_which_there_is_nothing_is_not_called_intact()
    {
        var result = await RunAsync("verify", "--center", "nobody", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("NoAuditTrail", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task All_are_verified_and_the_heads_that_are_printed_can_be_compared_with_later()
    {
        await AppendAsync("A", 2);
        await AppendAsync("B", 1);
        var whole = await RunAsync("verify", "--all");
        File.WriteAllText(_folder.File("heads.txt"), whole.Output);
        File.WriteAllText(_folder.File("heads.json"), (await RunAsync("verify", "--all", "--json")).Output);

        Assert.Equal(0, whole.ExitCode);
        Assert.Contains("A: intact, 2 events, 0 prediction records, 2 anchors\n", whole.Output);
        Assert.Matches("\nA 2 [0-9a-f]{16}\nB 1 [0-9a-f]{16}\n", whole.Output);
        Assert.EndsWith("All 3 trails are intact.\n", whole.Output);
        foreach (var noted in new[] { "heads.txt", "heads.json" })
        {
            Assert.Equal(0, (await RunAsync("verify", "--all", "--noted", _folder.File(noted))).ExitCode);
        }

        await DeleteAsync("B/");
        await AppendAsync("B", 1);
        foreach (var noted in new[] { "heads.txt", "heads.json" })
        {
            var replaced = await RunAsync("verify", "--all", "--noted", _folder.File(noted));
            Assert.Equal(1, replaced.ExitCode);
            Assert.Contains("B: BROKEN at audit/B/", replaced.Output);
            Assert.Contains("other than noted", replaced.Output);
            Assert.EndsWith("BROKEN: B.\n", replaced.Output);
        }
    }

    [Fact]
    public async Task An_account_without_anything_is_broken_and_not_without_a_trail()
    {
        await AppendAsync("A", 1);
        await DeleteAsync("");

        var result = await RunAsync("verify", "--all", "--json");

        Assert.Equal(1, result.ExitCode);
        var trail = Assert.Single(result.Json.GetProperty("trails").EnumerateArray());
        Assert.Equal(("_system", "trail deleted"), (trail.GetProperty("center").GetString(), trail.GetProperty("brokenAt").GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Another_key_than_the_one_that_counts_is_found_and_one_that_was_replaced_counts()
    {
        await AppendAsync("A", 1);
        var key = Assert.Single((await RunAsync("key", "--json")).Json.GetProperty("keys").EnumerateArray()).GetString()!;
        Assert.Equal(0, (await RunAsync("verify", "--all", "--signed-by", key)).ExitCode);
        Assert.Contains("foreign key", (await RunAsync("verify", "--all", "--signed-by", new string('0', 32))).Output);

        var keys = (await RunAsync("rotate-key", "--json")).Json.GetProperty("keys").EnumerateArray().Select(one => one.GetString()).ToList();
        Assert.Equal((2, key), (keys.Count, keys[1]));
        await AppendAsync("A", 2);
        var both = await RunAsync("verify", "--all", "--json");
        Assert.Equal(0, both.ExitCode);
        Assert.Equal(keys.Order(), both.Json.GetProperty("trails")[1].GetProperty("keys").EnumerateArray().Select(one => one.GetString()).Order());
    }

    [Fact]
    public async Task Without_a_key_to_compare_with_the_fingerprints_are_told()
    {
        await AppendAsync("A", 1);
        var key = (await RunAsync("key")).Output.Trim();
        _environment["Radiomics__Audit__Key"] = "no address";
        Assert.Equal(2, (await RunAsync("verify", "--all")).ExitCode);
        _environment["Radiomics__Audit__Key"] = "https://x.vault.azure.net/keys/audit";
        Assert.Equal("AuditKeyInVault", (await RunAsync("rotate-key", "--json")).Json.GetProperty("error").GetProperty("code").GetString());

        Assert.Contains($"Vouched for by {key}.", (await RunAsync("verify", "--all", "--signed-by", key)).Output);
    }

    [Fact]
    public async Task Events_are_exported_as_they_are_and_as_FHIR()
    {
        await AppendAsync("A", 2);
        await AppendAsync("B", 1);

        var lines = (await RunAsync("export", "--center", "A")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var file = await RunAsync("export", "--all", "--fhir", "--out", _folder.File("events.ndjson"), "--json");
        var resources = File.ReadAllLines(_folder.File("events.ndjson")).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        Assert.Equal(["A/0", "A/1"], lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("id").GetString()));
        Assert.Equal(5, file.Json.GetProperty("events").GetInt32());
        Assert.Equal(5, resources.Count);
        Assert.All(resources, resource => Assert.Equal("AuditEvent", resource.GetProperty("resourceType").GetString()));
        Assert.Empty((await RunAsync("export", "--center", "A", "--until", "2020-01-01")).Output);
        Assert.NotEqual(0, (await RunAsync("export", "--all", "--out", _folder.File("events.ndjson"))).ExitCode);
    }

    [Theory]
    [InlineData("status", "prediction")]
    [InlineData("export", "report")]
    public async Task What_is_read_past_the_service_is_written_down_if_the_trail_is_one_of_this_key_and_else_that_it_is_not_is_told(string command, string kind)
    {
        var id = PredictionId.OfUpload("read past the service");
        await AppendAsync("A", 1);
        var status = new PredictionStatus { Id = id, Center = "A", Status = PredictionState.Succeeded, Prediction = BarePrediction.Of(id) };
        using (var key = LocalAuditKey.Open(KeyFile))
        {
            await Published.WriteAsync((await azurite.AccountAsync()).Store, status, key, (".html", "a report"), (".sr.dcm", "a report"), (".fhir.json", "a report"));
        }

        var known = await ReadAsync();
        _environment["Radiomics__Audit__KeyFile"] = _folder.File("another-key");
        var without = await ReadAsync();
        LocalAuditKey.Open(_folder.File("another-key")).Dispose();
        var foreign = await ReadAsync();
        _environment["Radiomics__Audit__KeyFile"] = KeyFile;

        Assert.Equal([0, 0, 0], new[] { known, without, foreign }.Select(result => result.ExitCode));
        Assert.DoesNotContain("isn't in the audit trail", known.Error, StringComparison.Ordinal);
        Assert.All([without, foreign], result => Assert.Contains("isn't in the audit trail", result.Error, StringComparison.Ordinal));
        var events = (await RunAsync("export", "--center", "A")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line));
        var read = Assert.Single(events, line => line.GetProperty("action").GetString() == "read");
        Assert.Equal($"tool:{Environment.UserName}", read.GetProperty("actor").GetString());
        Assert.Equal((kind, id), (read.GetProperty("subjects").GetProperty("kind").GetString(), read.GetProperty("subjects").GetProperty("ids").GetString()));

        async Task<CommandLine> ReadAsync() => await CommandLine.RunAsync(
            _environment, command == "status" ? ["status", id, "--center", "A", "--json"] : ["export", id, "--center", "A", "--out", _folder.File(Guid.NewGuid().ToString("N"))]);
    }

    [Fact]
    public async Task Of_a_trail_begun_by_an_earlier_version_it_is_said_what_its_signatures_do_not_cover()
    {
        await AppendAsync("A", 1);
        var store = (await azurite.AccountAsync()).Store;
        var segment = await FirstSegmentAsync(store, "A");
        await DeleteAsync("");
        await UnsignedAsync(store, segment);
        Assert.Contains("never signed. No event is signed: the trail was written before events were signed and the service hasn't run since", (await RunAsync("verify", "--all")).Output, StringComparison.Ordinal);

        using (var trail = new AuditTrail(store, LocalAuditKey.Open(KeyFile), TimeProvider.System))
        {
            await trail.MigrateAsync();
        }

        var result = await RunAsync("verify", "--all");
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Matches(@"A: intact, 2 events, .* signed and anchored since \d{4}-\d\d-\d\d \d\d:\d\dZ\. Before that, 1 line of an earlier version, chained and not signed: that nobody changed them until then isn't shown\n", result.Output);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify --center A --all")]
    [InlineData("export")]
    [InlineData("export --center A --from soon")]
    public async Task What_it_cannot_do_is_usage(string arguments) => Assert.Equal(2, (await RunAsync(arguments.Split(' '))).ExitCode);

    [Fact]
    public async Task A_file_without_heads_is_bad_input()
    {
        File.WriteAllText(_folder.File("heads.txt"), "nothing");

        Assert.Equal("NoNotedHeads", (await RunAsync("verify", "--all", "--json", "--noted", _folder.File("heads.txt"))).Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task On_another_machines_account_nothing_is_signed_without_the_services_key_and_nothing_compared_with_one_s_own()
    {
        using var streams = new StringWriter();
        var host = new CommandHost(ToolStreams.To(streams, streams), new Dictionary<string, string>().GetValueOrDefault);
        var account = await StorageAccount.OpenAsync("https://x.blob.core.windows.net", default);

        Assert.Equal("AuditKeyMissing", (await Assert.ThrowsAsync<RadiomicsException>(() => ServiceAudit.Key(host, account).SignAsync([]))).Code);
        Assert.False((await ServiceAudit.TrustAsync(host, account, [], default)).IsPinned);
    }

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(_environment, ["audit", .. arguments]);

    private async Task AppendAsync(string center, int count)
    {
        var trail = new AuditTrail((await azurite.AccountAsync()).Store, LocalAuditKey.Open(KeyFile), TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            await trail.AppendAsync(Event(center, i));
        }
    }

    private async Task DeleteAsync(string prefix)
    {
        var store = (await azurite.AccountAsync()).Store;
        foreach (var container in Containers.All)
        {
            await foreach (var blob in store.Container(container).GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = prefix }))
            {
                await store.Blob(container, blob.Name).DeleteAsync();
            }
        }
    }

    // One event as versions before signatures wrote it.
    private static async Task UnsignedAsync(BlobStore store, string segment)
    {
        const string Line = """{"line":1,"id":"A/0","time":"2026-10-01T12:00:00Z","center":"A","actor":"test","action":"tested","subjects":{},"digests":{},"previousHash":"0000000000000000000000000000000000000000000000000000000000000000"}""";
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Line)));
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{Line[..^1]},\"hash\":\"{hash}\"}}\n"));
        var blob = store.AppendBlob(Containers.Audit, segment);
        await blob.CreateAsync();
        await blob.AppendBlockAsync(content);
    }

    private static AuditEvent Event(string center, int number) => new() { Id = $"{center}/{number}", Center = center, Actor = "test", Action = "tested" };

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
