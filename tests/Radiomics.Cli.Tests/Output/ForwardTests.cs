using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests.Output;

/// <summary>Progress as boards show it, one line for each change.</summary>
public sealed class ForwardTests
{
    private readonly StringWriter _error = new();

    [Fact]
    public void What_a_service_says_after_its_restart_takes_nothing_back()
    {
        var board = new ProgressBoard(Terminal(), ["A"]);
        board.Set(0, "sent");
        board.Set(0, Status(PredictionState.Running, ("T1_F", SequenceState.Running), ("T1_W", SequenceState.Running)));
        board.Set(0, Status(PredictionState.Running, ("T1_F", SequenceState.Done), ("T1_W", SequenceState.Running)));
        // It was restarted: it hasn't begun, knows no sequence, then begins with all of them.
        board.Set(0, Status(PredictionState.Queued));
        board.Set(0, Status(PredictionState.Running));
        board.Set(0, Status(PredictionState.Running, ("T1_F", SequenceState.Pending), ("T1_W", SequenceState.Running)));
        board.Set(0, Status(PredictionState.Running, ("T1_F", SequenceState.Running), ("T1_W", SequenceState.Running)));
        board.Set(0, Status(PredictionState.Succeeded, ("T1_F", SequenceState.Done), ("T1_W", SequenceState.Done)));

        Assert.Equal(["A: sent", "A: T1_F running, T1_W running", "A: running", "A: T1_F done", "A: T1_W done", "A: succeeded"], Lines());
    }

    [Fact]
    public void An_answer_that_comes_after_the_last_one_is_not_shown()
    {
        var board = new ProgressBoard(Terminal(), ["A"]);
        board.Set(0, Status(PredictionState.Failed, ("T1_F", SequenceState.Failed)));
        board.Set(0, Status(PredictionState.Running, ("T1_F", SequenceState.Running)));
        board.Set(0, Status(PredictionState.Succeeded, ("T1_F", SequenceState.Done)));
        board.Set(0, "uploading 10 %");

        Assert.Equal(["A: T1_F failed", "A: failed"], Lines());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_comes_in_whatever_order_no_state_is_followed_by_an_earlier_one(int seed)
    {
        var random = new Random(seed);
        var board = new ProgressBoard(Terminal(), ["A", "B"]);
        string[] names = ["T1_F", "T1_W", "T2"];
        for (var i = 0; i < 400; i++)
        {
            var states = names.Where(_ => random.Next(3) > 0).Select(name => (name, (SequenceState)random.Next(4))).ToArray();
            board.Set(random.Next(2), Status((PredictionState)(i < 380 ? random.Next(2) : random.Next(4)), states));
        }

        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines())
        {
            var (study, text) = (line[0], line[3..]);
            foreach (var part in text.Split(", "))
            {
                var (thing, state) = part.Split(' ') is [var sequence, var s] ? ($"{study} {sequence}", s) : ($"{study}", part);
                var rank = Array.IndexOf(["queued", "pending", "running", "done"], state) is >= 0 and var known ? known : 3;
                Assert.True(rank > shown.GetValueOrDefault(thing, -1), $"{thing} goes from {shown.GetValueOrDefault(thing)} to {state}");
                shown[thing] = rank;
            }
        }

        Assert.Equal(8, shown.Count);
    }

    [Fact]
    public void Percentages_of_a_retraining_only_grow_and_phases_only_move_on()
    {
        var board = new RetrainingBoard(Terminal());
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Extracting, (RetrainingPhase.Extracting, 3, 4)));
        board.Set(Retraining(RetrainingState.Queued, null));
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Planning));
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Extracting, (RetrainingPhase.Extracting, 1, 4)));
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Training, (RetrainingPhase.Training, 0, 2)));
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Extracting, (RetrainingPhase.Extracting, 4, 4)));
        board.Set(Retraining(RetrainingState.Succeeded, null));
        board.Set(Retraining(RetrainingState.Running, RetrainingPhase.Training, (RetrainingPhase.Training, 2, 2)));

        Assert.Equal(["extracting 3/4", "training 0/2", "extracting 4/4", "succeeded"], Lines());
    }

    [Fact]
    public void The_share_of_a_study_that_is_up_only_grows()
    {
        List<string> said = [];
        var tenths = new Tenths(100, said.Add);
        foreach (var bytes in new[] { 10, 40, 20, 30, 100, 90 })
        {
            tenths.Report(bytes);
        }

        Assert.Equal(["uploading 10 %", "uploading 40 %", "uploading 100 %"], said);
    }

    private Terminal Terminal() => new(ToolStreams.To(TextWriter.Null, _error), interactive: false, color: false, json: false);

    private string[] Lines() => [.. _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    private static PredictionStatus Status(PredictionState state, params (string Name, SequenceState State)[] sequences) =>
        new() { Id = "p", Center = "A", Status = state, Sequences = sequences.ToDictionary(sequence => sequence.Name, sequence => sequence.State) };

    private static RetrainingStatus Retraining(RetrainingState state, RetrainingPhase? phase, params (RetrainingPhase Phase, int Done, int Total)[] steps) => new()
    {
        Id = "r",
        Center = "A",
        Status = state,
        Progress = phase is { } known ? new RetrainingProgress { Phase = known, Steps = [.. steps.Select(step => new PhaseProgress(step.Phase, step.Done, step.Total))] } : null,
    };
}
