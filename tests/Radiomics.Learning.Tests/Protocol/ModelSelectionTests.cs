namespace Radiomics.Learning.Tests;

public class ModelSelectionTests
{
    [Fact]
    public void A_planted_signal_is_found_in_its_sequence_and_its_features_and_holds_on_the_test_split()
    {
        var (trainings, package) = PlantedSequences.Run([
            PlantedSequences.Generate("T1_F", strength: 0, seed: 1),
            PlantedSequences.Generate("T1_W", strength: 1.5, seed: 2),
            PlantedSequences.Generate("T2", strength: 0, seed: 3)]);
        var card = package.Card;

        Assert.Equal("T1_W", card.Sequence);
        Assert.Equal(["signal_0", "signal_1"], card.Features.OrderByDescending(f => Math.Abs(f.Weight)).Take(2).Select(f => f.Name).Order());
        Assert.True(card.Test!.Auc > 0.85, $"test AUC {card.Test.Auc}");
        Assert.Equal("T1_W", card.Candidates[0].Candidate.Sequence);
        Assert.Equal(3, trainings.Length);
    }
}
