using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public sealed class ChecklistsTests
{
    public static TheoryData<string> Cards => ["rich", "bare"];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_checklist_is_whole(string card)
    {
        var checklists = Checklists.For(Card(card));

        Assert.Equal([("CLEAR", 58), ("METRICS", 30), ("TRIPOD+AI", 27)], checklists.Select(checklist => (checklist.Name, checklist.Items.Count)));
        Assert.All(checklists, checklist => Assert.Equal(Enumerable.Range(1, checklist.Items.Count).Select(i => $"{i}"), checklist.Items.Select(item => item.Number)));
        Assert.All(checklists.SelectMany(checklist => checklist.Items), item => Assert.False(string.IsNullOrWhiteSpace(item.Answer), item.Name));
    }

    [Fact]
    public void Answers_come_from_the_card()
    {
        var clear = Checklists.For(TestCards.Rich)[0].Items;

        Assert.Contains("0.848", clear[39].Answer);
        Assert.Contains("31 with the outcome", clear[43].Answer);
        Assert.Contains("1316 extracted, 6 in the model", clear[26].Answer);
    }

    [Fact]
    public void Nothing_is_claimed_that_the_card_does_not_show()
    {
        var (clear, metrics, tripod) = Checklists.For(TestCards.Bare) is [var a, var b, var c] ? (a.Items, b.Items, c.Items) : default;

        Assert.Equal(ChecklistStatus.Authors, clear[41].Status);
        Assert.Equal(ChecklistStatus.Authors, clear[43].Status);
        Assert.Equal(ChecklistStatus.Authors, clear[7].Status);
        Assert.Contains("Not measured", metrics[13].Answer);
        Assert.Equal(
            (false, false, false),
            (metrics[13].Met!.Value, metrics[23].Met!.Value, metrics[25].Met!.Value));
        Assert.Equal(ChecklistStatus.NotApplicable, tripod[15].Status);
    }

    [Fact]
    public void The_weights_of_METRICS_add_up_to_one_and_its_score_is_a_range()
    {
        var metrics = Checklists.For(TestCards.Rich)[1];
        var applicable = metrics.Items.Where(item => item.Status != ChecklistStatus.NotApplicable).Sum(item => item.Weight!.Value);
        var met = metrics.Items.Where(item => item.Met == true).Sum(item => item.Weight!.Value);

        Assert.Equal(1, metrics.Items.Sum(item => item.Weight!.Value), 12);
        Assert.Equal(100 * met / applicable, metrics.Score!.Least, 9);
        Assert.InRange(metrics.Score.Most, metrics.Score.Least, 100);
        Assert.True(Checklists.For(TestCards.Bare)[1].Score!.Least < metrics.Score.Least);
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void What_is_left_to_the_authors_is_what_the_card_does_not_answer(string card)
    {
        foreach (var checklist in Checklists.For(Card(card)))
        {
            var left = Checklists.LeftToTheAuthors(checklist);
            Assert.NotEmpty(left);
            Assert.DoesNotContain(left, item => item.Status is ChecklistStatus.Answered or ChecklistStatus.NotApplicable);
        }
    }

    [Fact]
    public void Checklists_come_back_from_JSON()
    {
        var checklists = Checklists.For(TestCards.Rich);

        var json = JsonSerializer.Serialize(checklists, RadiomicsJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Checklist[]>(json, RadiomicsJson.Options), RadiomicsJson.Options));
        Assert.Contains("\"notApplicable\"", json);
    }

    private static ModelCard Card(string name) => name == "rich" ? TestCards.Rich : TestCards.Bare;
}
