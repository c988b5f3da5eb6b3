using System.Text;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>The events of one prediction out of a trail, however long that is.</summary>
public sealed class PredictionTrailTests(AzuriteFixture azurite)
{
    private static readonly DateTime s_written = new(2026, 3, 1, 0, 30, 0, DateTimeKind.Utc);

    private readonly string _center = Account.NewCenter();
    private readonly string _id = PredictionId.OfUpload($"{Guid.NewGuid()}");
    private readonly string _other = PredictionId.OfUpload($"{Guid.NewGuid()}");

    [Fact]
    public async Task What_is_about_it_is_found_and_nothing_else()
    {
        var found = await FindAsync(
            Line(s_written.AddMinutes(-3), "upload-received", _id),
            Line(s_written.AddMinutes(-2), "upload-received", _other),
            Line(s_written.AddMinutes(-1), "prediction-published", _id),
            Line(s_written.AddHours(1), "read", $"{_other} {_id}", "ids"),
            Line(s_written.AddHours(2), "read", _other, "ids"));

        Assert.Equal(["upload-received", "prediction-published", "read"], found.Events.Select(e => e.Action));
        Assert.All(found.Events, e => Assert.True(e.IsIntact));
        Assert.True(found is { HasBeginning: true, HasEnd: true });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public async Task It_is_followed_back_to_its_beginning_through_the_month_before(int days)
    {
        var found = await FindAsync(
            Line(s_written.AddDays(-days), "upload-received", _id),
            Line(s_written.AddMinutes(-20), "study-ingested", _id),
            Line(s_written.AddMinutes(-1), "prediction-published", _id));

        Assert.Equal(["upload-received", "study-ingested", "prediction-published"], found.Events.Select(e => e.Action));
        Assert.True(found.HasBeginning);
    }

    [Fact]
    public async Task A_line_that_was_changed_is_told_as_such()
    {
        var found = await FindAsync(Line(s_written, "upload-received", _id) with { Actor = "somebody else" });
        Assert.False(Assert.Single(found.Events).IsIntact);
    }

    [Fact]
    public async Task No_more_is_read_than_is_said_and_what_lies_further_away_is_said_to_be_missing()
    {
        var filler = new string('x', 100_000);
        var before = Enumerable.Range(0, 4 + PredictionTrail.MostBytes / 100_000).Select(i => Line(s_written.AddMinutes(-60).AddSeconds(i), "read", filler));
        var after = Enumerable.Range(0, 4 + PredictionTrail.MostBytesAfter / 100_000).Select(i => Line(s_written.AddMinutes(60).AddSeconds(i), "read", filler));
        var found = await FindAsync(
        [
            Line(s_written.AddMinutes(-90), "upload-received", _id),
            .. before,
            Line(s_written.AddMinutes(-1), "prediction-published", _id),
            .. after,
            Line(s_written.AddMinutes(90), "report-returned", _id),
        ]);

        Assert.Equal(["prediction-published"], found.Events.Select(e => e.Action));
        Assert.True(found is { HasBeginning: false, HasEnd: false });
    }

    [Fact]
    public async Task A_center_without_a_trail_has_no_events() => Assert.Empty((await FindAsync()).Events);

    private async Task<PredictionEvents> FindAsync(params AuditLine[] lines)
    {
        var store = await Account.StoreAsync(azurite);
        foreach (var month in lines.GroupBy(line => AuditSegment.MonthOf(line.Time)))
        {
            var text = string.Concat(month.Select(line => $"{line}\n"));
            await Account.Unguarded(azurite).Blob(Containers.Audit, $"{_center}/{month.Key}-1.jsonl").UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(text)));
        }

        return await new PredictionTrail(store).FindAsync(_center, _id, s_written);
    }

    private AuditLine Line(DateTime time, string action, string subject, string kind = "prediction")
    {
        var line = new AuditLine
        {
            Line = 1,
            Id = $"{Guid.NewGuid()}",
            Time = time,
            Center = _center,
            Actor = "tests",
            Action = action,
            Subjects = new SortedDictionary<string, string>(StringComparer.Ordinal) { [kind] = subject },
            Digests = new SortedDictionary<string, string>(StringComparer.Ordinal),
            PreviousHash = AuditLine.Genesis,
        };
        return line with { Hash = line.ComputeHash() };
    }
}
