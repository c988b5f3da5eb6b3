using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Radiomics.Dicom;

namespace Radiomics.Pipeline.Tests.DicomService;

/// <summary>The stamp of a study that comes in: whatever order events come in and whoever writes at the same moment.</summary>
public sealed class ArrivalStoreTests(AzuriteFixture azurite)
{
    private const string StudyUid = "1.2.840.113619.2.55.3.4271";

    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(60);
    private static readonly UidKey _key = new([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly MovedClock _clock = new();
    private readonly DicomSource _source = new("0123456789ab", Account.NewCenter());

    [Fact]
    public async Task A_generation_closes_once_it_has_been_quiet_and_an_event_after_that_opens_the_next()
    {
        var (arrivals, study) = Arrivals();

        Assert.Equal(1, await arrivals.AdvanceAsync(study, StudyUid));
        _clock.Pass(59);
        Assert.Equal(TimeSpan.FromSeconds(1), await arrivals.CloseIfQuietAsync(study, 1, _quiet));
        _clock.Pass(1);
        Assert.Equal(TimeSpan.Zero, await arrivals.CloseIfQuietAsync(study, 1, _quiet));
        Assert.Equal(2, await arrivals.AdvanceAsync(study, StudyUid));
        Assert.Equal(_quiet, await arrivals.CloseIfQuietAsync(study, 2, _quiet));
    }

    [Fact]
    public async Task Each_event_starts_the_quiet_time_anew()
    {
        var (arrivals, study) = Arrivals();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, await arrivals.AdvanceAsync(study, StudyUid));
            _clock.Pass(50);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), await arrivals.CloseIfQuietAsync(study, 1, _quiet));
    }

    [Fact]
    public async Task A_stamp_that_is_not_a_second_old_is_not_written_again()
    {
        var (arrivals, study) = Arrivals();
        await arrivals.AdvanceAsync(study, StudyUid);
        var written = await VersionAsync(study);
        _clock.Pass(0.9);
        await arrivals.AdvanceAsync(study, StudyUid);
        Assert.Equal(written, await VersionAsync(study));

        _clock.Pass(0.2);
        await arrivals.AdvanceAsync(study, StudyUid);
        Assert.NotEqual(written, await VersionAsync(study));
    }

    [Fact]
    public async Task A_generation_that_is_closed_stays_so_however_often_it_is_asked_for()
    {
        var (arrivals, study) = Arrivals();
        await arrivals.AdvanceAsync(study, StudyUid);
        _clock.Pass(60);
        await arrivals.CloseIfQuietAsync(study, 1, _quiet);
        await arrivals.AdvanceAsync(study, StudyUid);
        var written = await VersionAsync(study);

        Assert.Equal(TimeSpan.Zero, await arrivals.CloseIfQuietAsync(study, 1, _quiet));
        Assert.Equal(written, await VersionAsync(study));
        Assert.Equal(2, await arrivals.AdvanceAsync(study, StudyUid));
    }

    [Fact]
    public async Task A_stamp_of_a_clock_that_is_hours_ahead_is_put_right()
    {
        var (arrivals, study) = Arrivals();
        _clock.Pass(7200);
        await arrivals.AdvanceAsync(study, StudyUid);
        _clock.Pass(-7200);

        Assert.Equal(1, await arrivals.AdvanceAsync(study, StudyUid));
        Assert.Equal(_quiet, await arrivals.CloseIfQuietAsync(study, 1, _quiet));
    }

    [Fact]
    public async Task A_stamp_of_a_clock_that_runs_ahead_is_not_set_back()
    {
        var (arrivals, study) = Arrivals();
        _clock.Pass(30);
        await arrivals.AdvanceAsync(study, StudyUid);
        _clock.Pass(-30);

        Assert.Equal(1, await arrivals.AdvanceAsync(study, StudyUid));
        Assert.Equal(TimeSpan.FromSeconds(90), await arrivals.CloseIfQuietAsync(study, 1, _quiet));
    }

    [Fact]
    public async Task An_event_between_the_last_look_and_the_closing_keeps_the_generation_open()
    {
        var (events, study) = Arrivals();
        await events.AdvanceAsync(study, StudyUid);
        _clock.Pass(60);
        var (waiting, _) = Arrivals(beforeWrite: () => events.AdvanceAsync(study, StudyUid));

        Assert.Equal(_quiet, await waiting.CloseIfQuietAsync(study, 1, _quiet));
        Assert.Equal(1, await events.AdvanceAsync(study, StudyUid));
    }

    [Fact]
    public async Task An_event_whose_write_meets_the_closing_opens_the_next_generation()
    {
        var (waiting, study) = Arrivals();
        await waiting.AdvanceAsync(study, StudyUid);
        _clock.Pass(60);
        var (events, _) = Arrivals(beforeWrite: () => waiting.CloseIfQuietAsync(study, 1, _quiet));

        Assert.Equal(2, await events.AdvanceAsync(study, StudyUid));
    }

    [Fact]
    public async Task Of_events_at_the_same_moment_none_fails_and_all_belong_to_one_generation()
    {
        var (arrivals, study) = Arrivals();

        var generations = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => arrivals.AdvanceAsync(study, StudyUid)));

        Assert.Equal([1], generations.Distinct());
        Assert.Equal(StudyUid, await arrivals.StudyUidAsync(study));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_event_belongs_to_a_generation_that_was_closed_before_it_came(int seed)
    {
        var (arrivals, study) = Arrivals();
        var closed = new ConcurrentDictionary<int, bool> { [0] = true };
        var newest = await arrivals.AdvanceAsync(study, StudyUid);
        var random = new Random(seed);
        List<Task> others = [];
        for (var i = 0; i < 60; i++)
        {
            _clock.Pass(random.NextDouble() * 45);
            others.Add(EventAsync());
            others.Add(random.Next(2) == 0 ? EventAsync() : CloseAsync());
            if (random.Next(3) == 0)
                await Task.WhenAll(others);
            if (i % 20 == 10)
            {
                // Whatever chance makes of the others: nothing comes for long enough, the generation is closed, and events go on.
                await Task.WhenAll(others);
                _clock.Pass(_quiet.TotalSeconds + 1);
                await CloseAsync();
                await EventAsync();
            }
        }

        await Task.WhenAll(others);
        Assert.True(newest > 1, "No generation was closed meanwhile.");
        Assert.Equal(Enumerable.Range(0, closed.Keys.Max() + 1), closed.Keys.Order());

        async Task EventAsync()
        {
            var before = closed.Keys.Max();
            var generation = await arrivals.AdvanceAsync(study, StudyUid);
            Assert.True(generation > before, $"An event that came after generation {before} was closed was given to {generation}.");
            InterlockedMax(ref newest, generation);
        }

        async Task CloseAsync()
        {
            var generation = Volatile.Read(ref newest);
            if (await arrivals.CloseIfQuietAsync(study, generation, _quiet) == TimeSpan.Zero)
                closed[generation] = true;
        }
    }

    [Fact]
    public async Task The_stamp_says_nothing_of_whose_study_it_is()
    {
        var (arrivals, study) = Arrivals();
        await arrivals.AdvanceAsync(study, StudyUid);
        var store = await Account.StoreAsync(azurite);

        var name = Assert.Single(await store.NamesAsync(Containers.Arrivals, $"{_source.Center}/"));
        Assert.DoesNotContain(StudyUid, name + await store.TextAsync(Containers.Arrivals, name), StringComparison.Ordinal);
        var (stranger, _) = Arrivals(key: new UidKey([.. Enumerable.Repeat((byte)8, 32)]));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => stranger.StudyUidAsync(study));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    private (ArrivalStore Arrivals, ArrivalKey Study) Arrivals(Func<Task>? beforeWrite = null, UidKey? key = null)
    {
        var options = new BlobClientOptions(StorageClients.Version);
        if (beforeWrite is not null)
            options.AddPolicy(new BeforeFirstWrite(beforeWrite), HttpPipelinePosition.PerCall);
        var store = new BlobStore(new BlobServiceClient(azurite.ConnectionString, options));
        return (new ArrivalStore(store, key ?? _key, _clock), new ArrivalKey(_source.Center, _source.Id, _key.Map(StudyUid)));
    }

    private async Task<string> VersionAsync(ArrivalKey study)
    {
        var blob = (await Account.StoreAsync(azurite)).Blob(Containers.Arrivals, $"{study.Center}/{study.Service}/{study.StudyUid}.json");
        BlobProperties properties = await blob.GetPropertiesAsync();
        return properties.ETag.ToString();
    }

    /// <summary>Lets something happen between a stamp's being read and its being written, once.</summary>
    private sealed class BeforeFirstWrite(Func<Task> happens) : HttpPipelinePolicy
    {
        private int _writes;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var isStamp = message.Request.Method == RequestMethod.Put && message.Request.Uri.Path.EndsWith(".json", StringComparison.Ordinal);
            if (isStamp && Interlocked.Increment(ref _writes) == 1)
                await happens();
            await ProcessNextAsync(message, pipeline);
        }
    }
}
