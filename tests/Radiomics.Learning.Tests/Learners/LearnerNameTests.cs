namespace Radiomics.Learning.Tests;

public class LearnerNameTests
{
    [Fact]
    public void Every_learner_has_a_name_of_its_own_on_cards() =>
        Assert.Equal(Enum.GetValues<Learner>().Length, Enum.GetValues<Learner>().Select(CardWords.Name).Distinct().Count());
}
