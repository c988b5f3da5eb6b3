using System.Text;
using DurableTask.Core;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;

namespace Functions.Tests;

/// <summary>Which starts of an instance begin anything, as the real extension has it.</summary>
[Collection(nameof(AppCollection))]
public sealed class StartOnceTests(App app)
{
    /// <summary>Of an upload that isn't there: a fault of the service, which takes 14 seconds to give up.</summary>
    private readonly PredictionRequest _lost = new()
    {
        Id = PredictionId.OfUpload($"{Guid.NewGuid()}"),
        UploadId = UploadId.OfZip("A", "lost.zip", Digest.Of(BinaryData.FromString($"{Guid.NewGuid()}"))),
        Center = "A",
        Actor = "test",
    };

    [Fact]
    public async Task Of_many_starts_at_once_one_begins()
    {
        // The extension accepts all that find nothing, keeps one, and drops the others' messages before anything runs.
        var request = _lost with { UploadId = await UnusableAsync() };

        var starts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync(request, StartOnce.Settled)));

        Assert.Contains(true, starts);
        await app.Hub.EndAsync(request.Id);
        await app.LogAsync(1, $"Prediction {request.Id} failed");
        // What begins now comes after all of those, so that none of them can still be on its way.
        Assert.True(await StartAsync(request, StartOnce.UnderWay));
        await app.Hub.EndAsync(request.Id);
        await app.LogAsync(2, $"Prediction {request.Id} failed");
    }

    [Fact]
    public async Task One_that_is_under_way_is_left_alone_and_begins_anew_once_it_has_failed()
    {
        Assert.True(await StartAsync(_lost, StartOnce.Settled));
        var began = await ExecutionAsync(_lost.Id);

        Assert.False(await StartAsync(_lost, StartOnce.Settled));
        Assert.False(await StartAsync(_lost, StartOnce.UnderWay));
        Assert.Equal(OrchestrationStatus.Failed, (await app.Hub.EndAsync(_lost.Id)).OrchestrationStatus);
        Assert.Equal(began, await ExecutionAsync(_lost.Id));

        Assert.True(await StartAsync(_lost, StartOnce.Settled));
        Assert.NotEqual(began, await ExecutionAsync(_lost.Id));
    }

    [Fact]
    public async Task One_that_has_completed_begins_anew_only_where_the_door_says_so()
    {
        var request = _lost with { UploadId = await UnusableAsync() };
        await StartAsync(request, StartOnce.Settled);
        await app.Hub.EndAsync(request.Id);
        var began = await ExecutionAsync(request.Id);

        Assert.False(await StartAsync(request, StartOnce.Settled));
        Assert.Equal(began, await ExecutionAsync(request.Id));
        Assert.True(await StartAsync(request, StartOnce.UnderWay));
        Assert.NotEqual(began, await ExecutionAsync(request.Id));
    }

    [Fact]
    public async Task A_start_that_fails_for_another_reason_is_not_taken_for_a_duplicate() => await Assert.ThrowsAnyAsync<Exception>(
        () => StartOnce.StartAsync(app.Durable, nameof(PredictStudy), _lost.Id, new Unserializable(), StartOnce.Settled));

    private Task<bool> StartAsync(PredictionRequest request, IReadOnlyList<OrchestrationRuntimeStatus> unless) =>
        StartOnce.StartAsync(app.Durable, nameof(PredictStudy), request.Id, request, unless);

    /// <summary>An upload that completes its predictions with an error at once.</summary>
    private async Task<string> UnusableAsync()
    {
        var id = (await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, started by hand"))).Id;
        return (await app.Durable.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadInputAs<PredictionRequest>()!.UploadId;
    }

    private async Task<string> ExecutionAsync(string id) => (await app.Hub.FindAsync(id))!.OrchestrationInstance.ExecutionId;

    private sealed class Unserializable
    {
        public string Name => throw new InvalidOperationException("It has none.");
    }
}
