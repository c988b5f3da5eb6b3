using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline.Tests.DicomService;

namespace Radiomics.Pipeline.Tests;

/// <summary>On a storage account of their own, since each account has one newest key.</summary>
public sealed class UidKeyVersionsTests : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();

    public ValueTask InitializeAsync() => _azurite.InitializeAsync();

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task The_first_key_is_adopted_another_refused_and_a_rotated_one_taken()
    {
        var store = await Account.StoreAsync(_azurite);
        await Versions(store, 1).EnsureCurrentAsync();
        await Versions(store, 1).EnsureCurrentAsync();
        Assert.Equal([1], (await Versions(store, 1).ListAsync()).Select(version => version.Version));

        var refused = await Assert.ThrowsAsync<UidKeyChangedException>(Versions(store, 2).EnsureCurrentAsync);
        Assert.Contains(Key(1).Fingerprint, refused.Message, StringComparison.Ordinal);

        Assert.Equal("DecisionIncomplete", (await Assert.ThrowsAsync<RadiomicsException>(() => Versions(store, 2).RotateAsync("", "leaked", "test"))).Code);
        Assert.Equal(2, (await Versions(store, 2).RotateAsync("Dr. A", "leaked", "test")).Version);
        await Versions(store, 2).EnsureCurrentAsync();
        await Assert.ThrowsAsync<UidKeyChangedException>(Versions(store, 1).EnsureCurrentAsync);
        Assert.Equal("UidKeyKnown", (await Assert.ThrowsAsync<RadiomicsException>(() => Versions(store, 2).RotateAsync("Dr. A", "again", "test"))).Code);
        Assert.True((await new AuditTrail(store, Account.AuditKey, TimeProvider.System).VerifyAsync(Containers.System)).Intact);
    }

    [Fact]
    public async Task A_rotation_can_be_undone_and_done_again()
    {
        var store = await Account.StoreAsync(_azurite);
        await Versions(store, 1).EnsureCurrentAsync();
        await Versions(store, 2).RotateAsync("Dr. A", "lost", "test");

        Assert.Equal(3, (await Versions(store, 1).RotateAsync("Dr. A", "the backup was found", "test")).Version);
        await Versions(store, 1).EnsureCurrentAsync();
        await Assert.ThrowsAsync<UidKeyChangedException>(Versions(store, 2).EnsureCurrentAsync);
        Assert.Equal(4, (await Versions(store, 2).RotateAsync("Dr. A", "leaked after all", "test")).Version);
        await Versions(store, 2).EnsureCurrentAsync();
        Assert.Equal([Key(1).Fingerprint, Key(2).Fingerprint, Key(1).Fingerprint, Key(2).Fingerprint], (await Versions(store, 2).ListAsync()).Select(version => version.Fingerprint));
        Assert.True((await new AuditTrail(store, Account.AuditKey, TimeProvider.System).VerifyAsync(Containers.System)).Intact);
    }

    [Fact]
    public async Task What_runs_under_a_key_that_was_rotated_away_stops_within_minutes()
    {
        var store = await Account.StoreAsync(_azurite);
        var clock = new MovedClock();
        var running = Versions(store, 1, clock);
        await running.EnsureCurrentAsync();
        await Versions(store, 2).RotateAsync("Dr. A", "leaked", "test");
        await running.EnsureCurrentAsync();

        clock.Pass(300);
        await Assert.ThrowsAsync<UidKeyChangedException>(running.EnsureCurrentAsync);
    }

    [Fact]
    public async Task Of_two_rotations_at_once_the_one_whose_key_was_not_adopted_says_so()
    {
        var store = await Account.StoreAsync(_azurite);
        await Versions(store, 1).EnsureCurrentAsync();

        // The trail looks at its clock once the version was counted.
        var others = 0;
        var clock = new AskedClock(() => others++ == 0 ? Versions(store, 3).RotateAsync("Dr. B", "leaked", "test") : Task.CompletedTask);
        var late = new UidKeyVersions(store, Key(2), new AuditTrail(store, Account.AuditKey, clock), TimeProvider.System);
        Assert.Equal("UidKeyOvertaken", (await Assert.ThrowsAsync<RadiomicsException>(() => late.RotateAsync("Dr. A", "leaked", "test"))).Code);
        Assert.Equal([Key(1).Fingerprint, Key(3).Fingerprint], (await late.ListAsync()).Select(version => version.Fingerprint));

        Assert.Equal(3, (await late.RotateAsync("Dr. A", "this one is meant", "test")).Version);
    }

    private static UidKey Key(byte of) => new([.. Enumerable.Repeat(of, 32)]);

    private static UidKeyVersions Versions(BlobStore store, byte key, TimeProvider? clock = null) => new(store, Key(key), new AuditTrail(store, Account.AuditKey, TimeProvider.System), clock ?? TimeProvider.System);

    private sealed class AskedClock(Func<Task> asked) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            Task.Run(asked).GetAwaiter().GetResult();
            return base.GetUtcNow();
        }
    }
}
