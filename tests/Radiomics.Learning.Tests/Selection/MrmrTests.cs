namespace Radiomics.Learning.Tests;

public class MrmrTests
{
    private const string Reference = """
        from sklearn.feature_selection import f_classif
        x, y, count = np.array(data['columns']).T, np.array(data['labels']), data['count']
        f, r = f_classif(x, y)[0], abs(np.corrcoef(x.T))
        taken = [int(np.argmax(f))]
        while len(taken) < count:
            score = f / np.maximum(r[:, taken].mean(axis=1), 1e-3)
            score[taken] = -1
            taken.append(int(np.argmax(score)))
        result = taken
        """;

    [Fact]
    public void A_copy_of_what_is_taken_gives_way_to_something_new()
    {
        var random = new Random(2);
        bool[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0)];
        double[] strong = [.. Tables.Normal(random, 200).Select((noise, i) => noise + (labels[i] ? 1.2 : 0))];
        double[] copy = [.. strong.Zip(Tables.Normal(random, 200), (value, noise) => value + 0.3 * noise)];
        double[] other = [.. Tables.Normal(random, 200).Select((noise, i) => noise + (labels[i] ? 0.9 : 0))];
        var data = Tables.Data(labels, [("copy", copy), ("other", other), ("strong", strong)]);

        Assert.Equal(1, Mrmr.Select(Tables.Standardised(data), labels, count: 3)[1]);
    }

    [Fact]
    public void Of_two_alike_the_first_is_taken_and_no_more_than_there_are()
    {
        bool[] labels = [true, true, false, false];
        double[] same = [1, 0.5, -0.5, -1];

        Assert.Equal([0, 1], Mrmr.Select([same, same], labels, count: 5));
    }

    [Fact]
    public void A_perfect_feature_is_taken_first()
    {
        bool[] labels = [true, true, false, false];

        Assert.Equal([1, 0], Mrmr.Select([[1.2, -0.1, 0.2, -1.3], [1, 1, -1, -1]], labels, count: 2));
    }

    [Fact]
    public void The_order_is_that_of_the_formula_in_numpy()
    {
        var data = Tables.Correlated(72, 60, seed: 9);
        var (columns, labels) = (Tables.Standardised(data), Tables.Labels(data));

        Assert.Equal(Sklearn.Run<int[]>(Reference, new { columns, labels, count = 20 }), Mrmr.Select(columns, labels, count: 20));
    }
}
