namespace Radiomics.Pipeline.Tests.Audit;

public sealed class ReadAuditTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();

    [Fact]
    public async Task What_somebody_read_within_a_minute_is_one_event()
    {
        var (store, reads) = await ReadsAsync();
        for (var i = 0; i < 500; i++)
            reads.Note(_center, "key:1", "prediction", $"p-{i % 3}");
        reads.Note(_center, "key:1", "card", "3.0T/0123");
        reads.Note(_center, "entra:2", "prediction", "p-0");
        await reads.FlushAsync();
        await reads.FlushAsync();

        var events = await EventsAsync(store);
        Assert.Equal([("entra:2", "prediction", "p-0", "1"), ("key:1", "card", "3.0T/0123", "1"), ("key:1", "prediction", "p-0 p-1 p-2", "500")], events.Select(Told));
        Assert.All(events, line => Assert.Equal("read", line.Action));
    }

    [Fact]
    public async Task The_first_two_hundred_things_are_named_and_the_others_counted()
    {
        var (store, reads) = await ReadsAsync();
        for (var i = 0; i < 1_000; i++)
            reads.Note(_center, "key:1", "prediction", PredictionId.OfUpload($"{i}"));
        await reads.FlushAsync();

        var read = Assert.Single(await EventsAsync(store));
        Assert.Equal(200, read.Subjects["ids"].Split(' ').Length);
        Assert.Equal(("1000", "800"), (read.Subjects["reads"], read.Subjects["readsOfOthers"]));
        Assert.InRange(read.ToBytes().Length, 1, 10_000);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_the_next_time()
    {
        var store = await Account.StoreAsync(azurite);
        var key = new FailingKey();
        var reads = new ReadAudit(new AuditTrail(store, key, TimeProvider.System), TimeProvider.System);
        reads.Note(_center, "key:1", "prediction", "p-0");
        await Assert.ThrowsAsync<IOException>(() => reads.FlushAsync());
        reads.Note(_center, "key:1", "prediction", "p-1");

        key.Works = true;
        await reads.FlushAsync();

        Assert.Equal(("key:1", "prediction", "p-0 p-1", "2"), Told(Assert.Single(await EventsAsync(store))));
    }

    private async Task<(BlobStore Store, ReadAudit Reads)> ReadsAsync()
    {
        var store = await Account.StoreAsync(azurite);
        return (store, new ReadAudit(new AuditTrail(store, Account.AuditKey, TimeProvider.System), TimeProvider.System));
    }

    private Task<List<AuditLine>> EventsAsync(BlobStore store) => AuditSegments.EventsAsync(store, _center, default).ToListAsync().AsTask();

    private static (string Actor, string Kind, string Ids, string Reads) Told(AuditLine line) => (line.Actor, line.Subjects["kind"], line.Subjects["ids"], line.Subjects["reads"]);

    private sealed class FailingKey : IAuditKey
    {
        public bool Works { get; set; }

        public Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default) =>
            Works ? Account.AuditKey.SignAsync(digest, cancellation) : throw new IOException("The vault is away.");

        public Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default) => Account.AuditKey.PublicKeysAsync(cancellation);
    }
}
