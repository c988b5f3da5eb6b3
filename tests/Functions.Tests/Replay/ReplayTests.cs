using System.Text;
using Microsoft.DurableTask;
using Steps = RadiomicsFunctions.Activities.PredictStudyActivities;

namespace Functions.Tests.Replay;

/// <summary>Histories that the app has just made, replayed. Those of faults and retrainings are replayed where they are made.</summary>
[Collection(nameof(AppCollection))]
public sealed class ReplayTests(App app)
{
    [Fact]
    public async Task Every_turn_of_a_prediction_replays() =>
        HistoryReplay.EveryTurn((await PredictAsync()).KeepAs("PredictStudy.succeeded"));

    [Fact]
    public async Task Every_turn_of_a_failed_prediction_replays()
    {
        var id = (await app.PostZipAsync("B", Encoding.UTF8.GetBytes("no zip, replayed"))).Id;

        HistoryReplay.EveryTurn((await app.Hub.HistoryAsync(id)).KeepAs("PredictStudy.unusable"));
    }

    [Theory]
    [InlineData(nameof(Steps.PlanPrediction), "Turn 1 of")]
    [InlineData(nameof(Steps.Predict), "Turn ")]
    public async Task An_orchestrator_that_calls_another_activity_than_before_is_found_out(string activity, string turn)
    {
        var history = await PredictAsync();

        var found = Assert.Throws<ReplayException>(() => HistoryReplay.EveryTurn(history, seen: context => new Renaming(context, activity)));

        Assert.StartsWith(turn, found.Message);
        Assert.Contains($"call {activity}\n", found.Message);
        Assert.Contains($"call {activity}Anew", found.Message);
    }

    private async Task<RecordedHistory> PredictAsync() =>
        await app.Hub.HistoryAsync((await app.PostZipAsync("B", await PhantomStudy.ZipAsync("1.5T", seed: 3))).Id);

    private sealed class Renaming(TaskOrchestrationContext inner, string activity) : WrappedContext(inner)
    {
        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
            base.CallActivityAsync<TResult>(name.Name == activity ? $"{activity}Anew" : name, input, options);
    }
}
