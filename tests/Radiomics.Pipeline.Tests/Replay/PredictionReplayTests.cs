using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.Replay;

public sealed class PredictionReplayTests(AzuriteFixture azurite, PredictionReplayTests.Predicted predicted) : IClassFixture<PredictionReplayTests.Predicted>
{
    private readonly BlobStore _thief = Account.Unguarded(azurite);

    private PredictionReplay Replay => new(predicted.Steps.Store, predicted.Steps.Get<PredictionStore>(), predicted.Steps.Get<AuditTrail>());

    private Prediction Original => predicted.Status.Prediction!;

    [Fact]
    public async Task A_prediction_computed_again_is_the_same_byte_by_byte_and_nothing_is_written_but_an_event()
    {
        var before = await BlobsAsync();

        var report = await Replay.RunAsync("A", Original.Id, "tool:tests");

        Assert.True(report.Same);
        Assert.Equal([], report.RecordDifferences);
        Assert.Equal(report.RecordSha256, report.ReplayedRecordSha256);
        Assert.NotNull(report.Probability);
        Assert.Equal(report.Probability, report.ReplayedProbability);
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], report.Sequences.Select(sequence => sequence.Name));
        Assert.All(report.Sequences, sequence => Assert.True(sequence is { Same: true, Stored: StoredFeatureState.AsRecorded, Features: > 100 }));
        Assert.Equal(before, await BlobsAsync());
        var audit = (await TrailAsync()).Where(line => (string?)line["action"] == "prediction-replayed" && (string?)line["subjects"]!["prediction"] == Original.Id);
        Assert.Contains(audit, line => (string?)line["actor"] == "tool:tests" && (string?)line["subjects"]!["result"] == "same" && (string?)line["digests"]!["stored"] == report.RecordSha256);
    }

    [Fact]
    public async Task Its_upload_read_again_gives_the_same_volumes_and_the_same_manifest()
    {
        var report = await Replay.RunAsync("A", Original.Id, "tool:tests", Upload(new byte[32]));

        Assert.True(report.Same);
        Assert.Equal((8, 0, true), (report.Ingest!.Volumes, report.Ingest.Differing.Count, report.Ingest.ManifestSame));
    }

    [Fact]
    public async Task Under_another_uid_key_the_volumes_are_the_same_and_the_manifest_is_not()
    {
        var report = await Replay.RunAsync("A", Original.Id, "tool:tests", Upload([.. Enumerable.Repeat((byte)7, 32)]));

        Assert.False(report.Same);
        Assert.Equal((8, 0, false), (report.Ingest!.Volumes, report.Ingest.Differing.Count, report.Ingest.ManifestSame));
    }

    [Fact]
    public async Task Features_that_are_gone_are_held_against_their_digest()
    {
        await using var _ = await WithoutAsync(Containers.Features, Original.Sequences[0].Features!.Blob);

        var report = await Replay.RunAsync("A", Original.Id, "tool:tests");

        Assert.True(report.Same);
        Assert.Equal(StoredFeatureState.Gone, report.Sequences[0].Stored);
    }

    [Fact]
    public async Task Features_that_were_changed_are_shown_with_the_one_that_differs_most()
    {
        await using var _ = await WithAsync(Containers.Features, Original.Sequences[0].Features!.Blob, features =>
        {
            var values = features["vector"]!["features"]!;
            values["stat_mean"] = 1.01 * (double)values["stat_mean"]!;
            values["stat_max"] = 3 * (double)values["stat_max"]!;
        });

        var report = await Replay.RunAsync("A", Original.Id, "tool:tests");

        Assert.False(report.Same);
        Assert.Equal(StoredFeatureState.Altered, report.Sequences[0].Stored);
        Assert.Equal("stat_max", report.Sequences[0].LargestDifference!.Feature);
        Assert.Equal(report.Sequences[0].Sha256, report.Sequences[0].ReplayedSha256);
    }

    [Fact]
    public async Task A_record_that_was_changed_is_shown_with_where_it_was()
    {
        await using var _ = await WithAsync(Containers.Predictions, $"A/by-id/{Original.Id}.json", record =>
        {
            record["prediction"]!["probability"] = 0.123;
            record["prediction"]!["sequences"]![1]!["roiVolumeMl"] = 1;
        });

        var report = await Replay.RunAsync("A", Original.Id, "tool:tests");

        Assert.False(report.Same);
        Assert.Equal(["prediction.probability", "prediction.sequences[1].roiVolumeMl"], report.RecordDifferences);
        Assert.Equal((0.123, Original.Probability), (report.Probability, report.ReplayedProbability));
    }

    public static TheoryData<string> Parts => ["manifest", "volume", "roi", "profile", "package"];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_that_is_gone_is_named(string part)
    {
        var (container, blob) = PartOf(part);
        await using var _ = await WithoutAsync(container, blob);
        await ThrowsAsync("ReplayPartsGone", blob);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_that_was_changed_is_named(string part)
    {
        var (container, blob) = PartOf(part);
        await using var _ = await WithAsync(container, blob, content => [.. content, 0]);
        await ThrowsAsync("ReplayPartAltered", blob);
    }

    [Fact]
    public async Task An_upload_that_is_gone_is_named()
    {
        await using var _ = await WithoutAsync(Containers.Incoming, predicted.Blob);
        Assert.Equal("ReplayPartsGone", (await Assert.ThrowsAsync<RadiomicsException>(() => Replay.RunAsync("A", Original.Id, "tool:tests", Upload(new byte[32])))).Code);
    }

    [Fact]
    public async Task Another_engine_s_prediction_asks_for_that_engine()
    {
        await using var _ = await WithAsync(Containers.Predictions, $"A/by-id/{Original.Id}.json", record => record["prediction"]!["engineVersion"] = "0.9.7");
        await ThrowsAsync("EngineElsewhere", "0.9.7");
    }

    [Fact]
    public async Task There_is_nothing_to_replay_of_a_failure_or_of_no_prediction()
    {
        var failed = await predicted.Steps.PredictAsync("A", $"replay/{Guid.NewGuid():N}.zip", "no zip"u8.ToArray());

        Assert.Equal("NothingToReplay", (await Assert.ThrowsAsync<RadiomicsException>(() => Replay.RunAsync("A", failed.Id, "tool:tests"))).Code);
        Assert.Equal("PredictionNotFound", (await Assert.ThrowsAsync<RadiomicsException>(() => Replay.RunAsync("B", Original.Id, "tool:tests"))).Code);
        Assert.Equal("PredictionNotFound", (await Assert.ThrowsAsync<RadiomicsException>(() => Replay.RunAsync("A", "../x", "tool:tests"))).Code);
    }

    private (string Container, string Blob) PartOf(string part) => part switch
    {
        "manifest" => (Containers.Studies, Original.Manifest.Blob),
        "volume" => (Containers.Studies, Original.Sequences[2].Volume.Blob),
        "roi" => (Containers.Studies, Original.Sequences[2].Roi.Blob),
        "profile" => (Containers.Models, $"A/profiles/{Original.ProfileSha256}.json"),
        _ => (Containers.Models, $"A/3.0T/{Original.Model!.Version}/package.zip"),
    };

    private UploadReplay Upload(byte[] key) => new(predicted.Steps.Get<UploadStore>(), predicted.Steps.Get<UploadReader>(), predicted.Steps.Get<TemporaryStorage>(), new UidKey(key));

    private async Task ThrowsAsync(string code, string saying)
    {
        var e = await Assert.ThrowsAsync<RadiomicsException>(() => Replay.RunAsync("A", Original.Id, "tool:tests"));
        Assert.Equal(code, e.Code);
        Assert.Contains(saying, e.Detail, StringComparison.Ordinal);
    }

    private Task<Undoing> WithAsync(string container, string blob, Action<JsonNode> change) => WithAsync(container, blob, content =>
    {
        var json = JsonNode.Parse(content)!;
        change(json);
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(RadiomicsJson.Options));
    });

    private async Task<Undoing> WithAsync(string container, string blob, Func<byte[], byte[]> change)
    {
        var undoing = await Undoing.OfAsync(_thief, container, blob);
        await _thief.Blob(container, blob).UploadAsync(new BinaryData(change(undoing.Content)), overwrite: true);
        return undoing;
    }

    private async Task<Undoing> WithoutAsync(string container, string blob)
    {
        var undoing = await Undoing.OfAsync(_thief, container, blob);
        await _thief.Blob(container, blob).DeleteAsync();
        return undoing;
    }

    // All that is about this prediction or its center, but for the audit.
    private async Task<List<string>> BlobsAsync()
    {
        List<string> blobs = [];
        foreach (var container in Containers.All.Where(name => !name.StartsWith(Containers.Audit, StringComparison.Ordinal)))
        {
            await foreach (var blob in _thief.Container(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
            {
                if (blob.Name.Contains(Original.StudyUid, StringComparison.Ordinal) || blob.Name.Contains(Original.Id, StringComparison.Ordinal) || blob.Name.StartsWith("A/3.0T/", StringComparison.Ordinal))
                {
                    blobs.Add($"{container}/{blob.Name} {blob.Properties.ETag}");
                }
            }
        }

        Assert.NotEmpty(blobs);
        return blobs;
    }

    private async Task<List<JsonNode>> TrailAsync()
    {
        List<JsonNode> lines = [];
        foreach (var name in (await _thief.NamesAsync(Containers.Audit, "A/")).Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            lines.AddRange((await _thief.TextAsync(Containers.Audit, name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }

        return lines;
    }

    /// <summary>Brings back what was there.</summary>
    private sealed class Undoing(BlobStore store, string container, string blob, byte[] content) : IAsyncDisposable
    {
        public byte[] Content => content;

        public static async Task<Undoing> OfAsync(BlobStore store, string container, string blob) =>
            new(store, container, blob, (await store.Blob(container, blob).DownloadContentAsync()).Value.Content.ToArray());

        public async ValueTask DisposeAsync() => await store.Blob(container, blob).UploadAsync(new BinaryData(content), overwrite: true);
    }

    /// <summary>One prediction for all tests of this class.</summary>
    public sealed class Predicted(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal Steps Steps { get; } = new(azurite);

        public string Blob { get; } = $"A/replay/{Guid.NewGuid():N}.zip";

        public PredictionStatus Status { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Status = await Steps.PredictAsync("A", Blob[2..], Steps.Zip(await Steps.PhantomAsync(seed: 4711)));
            Assert.Equal(PredictionState.Succeeded, Status.Status);
        }

        public ValueTask DisposeAsync()
        {
            Steps.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
