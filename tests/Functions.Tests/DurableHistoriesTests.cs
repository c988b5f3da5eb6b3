using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Histories;

namespace Functions.Tests;

/// <summary>What the nightly function reads out of instances, whole or broken.</summary>
public sealed class DurableHistoriesTests
{
    private static readonly string s_retraining = RetrainingId.OfKey("A", "1");
    private static readonly string s_prediction = PredictionId.OfUpload("1");

    [Fact]
    public async Task A_retraining_reads_the_studies_of_its_center_and_of_those_that_it_is_pooled_with()
    {
        var running = Assert.Single(await Of(Instance(s_retraining, Samples.Retraining with { Center = "A", Pool = ["B/cohort", "C/cohort"] })).UnderWayAsync(default));

        Assert.Equal((s_retraining, null), (running.Id, running.Upload));
        Assert.Equal(["A", "B", "C"], running.Centers);
    }

    [Fact]
    public async Task A_suspended_prediction_is_under_way_and_said_to_be_suspended()
    {
        var running = Assert.Single(await Of(Instance(s_prediction, Samples.Prediction, OrchestrationRuntimeStatus.Suspended)).UnderWayAsync(default));

        Assert.Equal((Samples.Prediction.UploadId, true), (running.Upload, running.IsSuspended));
        Assert.Equal([Samples.Prediction.Center], running.Centers);
    }

    [Fact]
    public async Task A_wait_names_its_study_and_keeps_no_other()
    {
        var histories = Of(Instance(Samples.Wait.Id, Samples.Wait));

        Assert.Empty(Assert.Single(await histories.UnderWayAsync(default)).Centers);
        Assert.Equal(Samples.Wait.Study.StudyUid, Assert.Single(await EndedAsync(histories)).Study);
    }

    [Fact]
    public async Task Instances_whose_input_cannot_be_read_stop_nothing()
    {
        OrchestrationMetadata[] broken =
        [
            Instance(s_prediction, null),
            Instance(PredictionId.OfUpload("2"), "text"),
            Instance(PredictionId.OfUpload("3"), new Dictionary<string, string> { ["a"] = "b" }),
            Instance(s_retraining, Samples.Retraining with { Pool = ["no-center"] }),
            Instance("s-1-2", new Dictionary<string, string>()),
            Instance("something else", null),
        ];
        var good = Instance(PredictionId.OfUpload("4"), Samples.Prediction);
        var histories = Of([.. broken, good]);

        Assert.Equal(good.InstanceId, Assert.Single(await histories.UnderWayAsync(default)).Id);
        Assert.Equal(good.InstanceId, Assert.Single(await EndedAsync(histories)).Id);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, true)]
    public async Task The_history_of_an_instance_goes_once_it_has_ended_and_never_in_mid_run(OrchestrationRuntimeStatus status, bool goes)
    {
        var client = new KnownInstances([Instance(s_prediction, Samples.Prediction, status)]);
        var histories = new DurableHistories(client, NullLogger.Instance);

        Assert.Equal(goes, await histories.DeleteAsync(s_prediction, default));
        Assert.Equal(goes ? [s_prediction] : [], client.Purged);
        Assert.True(await histories.DeleteAsync(s_retraining, default));
        Assert.Null(await histories.TryFindStartAsync(s_retraining, default));
    }

    private static async Task<List<EndedInstance>> EndedAsync(DurableHistories histories)
    {
        List<EndedInstance> ended = [];
        await foreach (var instance in histories.EndedAsync(default))
            ended.Add(instance);
        return ended;
    }

    private static DurableHistories Of(params OrchestrationMetadata[] instances) => new(new KnownInstances(instances), NullLogger.Instance);

    private static OrchestrationMetadata Instance(string id, object? input, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running) => new("name", id)
    {
        RuntimeStatus = status,
        SerializedInput = input is null ? null : IsolatedWorker.Converter.Serialize(input),
        DataConverter = IsolatedWorker.Converter,
    };

    private sealed class KnownInstances(IReadOnlyList<OrchestrationMetadata> instances) : DurableTaskClient("tests")
    {
        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
            Pageable.Create((_, _, _) => Task.FromResult(new Page<OrchestrationMetadata>(instances)));

        public List<string> Purged { get; } = [];

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            Task.FromResult(instances.FirstOrDefault(instance => instance.InstanceId == instanceId));

        public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        {
            Purged.Add(instanceId);
            return Task.FromResult(new PurgeResult(1));
        }

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
