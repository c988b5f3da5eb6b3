namespace Radiomics.Pipeline.Tests.Turns;

/// <summary>Who is next, whatever storage does.</summary>
public sealed class TurnBookTests
{
    private const int All = 4;
    private const int PerCenter = 3;

    private DateTime _now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_forty_of_A_and_then_two_of_B_those_of_B_are_among_the_first_seven()
    {
        var ended = Play([.. Of("A", 40), .. Of("B", 2)]);

        Assert.Equal(42, ended.Count);
        Assert.All(["B-0", "B-1"], id => Assert.InRange(ended.IndexOf(id), 0, 6));
        Assert.Equal(Of("A", 40), ended.Where(id => id[0] == 'A'));
    }

    [Fact]
    public void One_center_has_three_turns_at_most_and_all_have_four()
    {
        var book = Ask([.. Of("A", 10)]).Give(All, PerCenter, _now);
        Assert.Equal(["A-0", "A-1", "A-2"], book.Holders.Select(holder => holder.Id));

        book = book.With("B-0", "B", _now).With("C-0", "C", _now).Give(All, PerCenter, _now);
        Assert.Equal(["A-0", "A-1", "A-2", "B-0"], book.Holders.Select(holder => holder.Id));
        Assert.Equal((0, 6, 0, null), (book.Ahead("A-3"), book.Ahead("A-9"), book.Ahead("C-0"), book.Ahead("B-0")));
    }

    [Fact]
    public void Six_centers_take_turns_in_rounds()
    {
        string[] centers = ["A", "B", "C", "D", "E", "F"];

        var ended = Play([.. centers.SelectMany(center => Of(center, 5))]);

        Assert.All(ended.Chunk(6), round => Assert.Equal(centers, round.Select(id => id[..1]).Order()));
    }

    [Fact]
    public void Who_asks_twice_or_leaves_twice_changes_nothing()
    {
        var book = Ask("A-0", "A-1").Give(1, 1, _now);

        Assert.Same(book, book.With("A-0", "A", _now).With("A-1", "A", _now).Give(1, 1, _now));
        var left = book.Without("A-0");
        Assert.Same(left, left.Without("A-0"));
    }

    [Fact]
    public void Of_a_center_that_neither_has_nor_wants_a_turn_nothing_is_kept()
    {
        var book = Ask("A-0", "B-0").Give(All, PerCenter, _now).Without("A-0").Give(All, PerCenter, _now);

        Assert.Equal(["B"], book.Served.Keys);
    }

    private static IEnumerable<string> Of(string center, int count) => Enumerable.Range(0, count).Select(i => $"{center}-{i}");

    private TurnBook Ask(params string[] ids) => ids.Aggregate(TurnBook.Empty, (book, id) => book.With(id, id[..1], _now));

    /// <summary>All ask at once, and whoever has had its turn the longest ends first. Returns who ended, in order.</summary>
    private List<string> Play(params string[] ids)
    {
        List<string> ended = [];
        var book = Ask(ids).Give(All, PerCenter, _now);
        while (book.Holders.Count > 0)
        {
            Assert.True(book.Holders.Count <= All && book.Holders.CountBy(holder => holder.Center).All(held => held.Value <= PerCenter));
            ended.Add(book.Holders[0].Id);
            _now = _now.AddSeconds(1);
            book = book.Without(book.Holders[0].Id).Give(All, PerCenter, _now);
        }

        Assert.Empty(book.Waiting);
        return ended;
    }
}
