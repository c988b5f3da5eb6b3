using DurableTask.Core.History;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;
using Steps = RadiomicsFunctions.Activities.AwaitStudyActivities;

namespace Functions.Tests.Replay;

/// <summary>How long histories get: every turn reads its own from the start.</summary>
public sealed class HistoryLengthTests
{
    [Fact]
    public void The_longest_wait_for_a_study_has_fewer_than_two_hundred_events()
    {
        var (looks, fetches, starts) = (0, 0, 0);

        var history = PlayedHistory.Of(nameof(AwaitStudy), Samples.Wait.Id, Samples.Wait, activity => activity switch
        {
            nameof(Steps.CloseIfQuiet) => new QuietCheck(++looks < AwaitStudy.Rounds ? TimeSpan.FromSeconds(60) : TimeSpan.Zero),
            nameof(Steps.FetchStudy) => ++fetches < 9 ? throw StepFault.Of(new TimeoutException()) : new StepResult<FetchedStudy>(new FetchedStudy("u1"), null),
            _ => ++starts < 4 ? throw StepFault.Of(new TimeoutException()) : new StartedPrediction("p-1"),
        });

        Assert.Equal(192, history.Count);
        Assert.Contains("p-1", history.OfType<ExecutionCompletedEvent>().Single().Result, StringComparison.Ordinal);
        var waited = history.OfType<TimerFiredEvent>().Last().FireAt - history[0].Timestamp;
        Assert.InRange(waited - (61 * (AwaitStudy.Rounds - 1) * TimeSpan.FromSeconds(1)), TimeSpan.FromHours(3), TimeSpan.FromHours(3.2));
    }
}
