using System.Text;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;

namespace Functions.Tests.Turns;

/// <summary>Turns on the real extension: who waits, who is told, and what becomes of the turns of those that ended without giving them back.</summary>
[Collection(nameof(AppCollection))]
public sealed class TurnTests(App app) : IAsyncLifetime
{
    private const string Book = "studies.json";

    public ValueTask InitializeAsync() => DisposeAsync();

    public async ValueTask DisposeAsync() => await app.Store.Blob(Containers.Turns, Book).DeleteIfExistsAsync();

    [Fact]
    public async Task Of_many_studies_of_A_and_then_two_of_B_those_of_B_end_before_the_median_and_three_of_A_are_under_way_at_most()
    {
        List<string> a = [];
        for (var seed = 0; seed < 10; seed++)
            a.Add((await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed: 9_100 + seed))).Id);
        List<string> b = [];
        for (var seed = 0; seed < 2; seed++)
            b.Add((await app.PostZipAsync("B", await PhantomStudy.ZipAsync("1.5T", seed: 9_200 + seed, "B"))).Id);

        DateTime[] endsOfA = [.. (await Task.WhenAll(a.Select(app.Hub.EndAsync))).Select(end => end.CompletedTime).Order()];
        foreach (var end in await Task.WhenAll(b.Select(app.Hub.EndAsync)))
            Assert.True(end.CompletedTime < endsOfA[5], $"B's study ended at {end.CompletedTime:O}, A's at {string.Join(", ", endsOfA.Select(time => $"{time:O}"))}.");

        // One that has been ingested is under way until it is published, in the order of the audit trail.
        var underWay = 0;
        foreach (var action in await ActionsAsync("A", a))
        {
            underWay += action switch { "study-ingested" => 1, "prediction-published" => -1, _ => 0 };
            Assert.InRange(underWay, 0, 3);
        }

        Assert.Equal(0, underWay);
        var book = await BookAsync();
        Assert.Empty(book.Holders.Concat(book.Waiting));
    }

    [Fact]
    public async Task Who_waits_is_shown_as_queued_with_its_place_and_goes_on_once_it_is_told()
    {
        await WriteAsync(Holder("x-1"), Holder("x-2"), Holder("x-3"), Holder("x-4"));
        var first = await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed: 9_301));
        await QueuedAsync("A", first.Id, 0);
        var second = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        await QueuedAsync("A", second.Id, 1);
        await WriteAsync((await BookAsync()) with { Holders = [] });

        // Whoever comes next finds free turns, and has the first in the line told.
        var third = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));

        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", first.Id)).Status);
        Assert.All(await Task.WhenAll(app.EndAsync("A", second.Id), app.EndAsync("A", third.Id)), status => Assert.Equal(PredictionState.Failed, status.Status));
    }

    [Theory]
    [InlineData("never was")]
    [InlineData("completed")]
    [InlineData("terminated")]
    [InlineData("suspended")]
    [InlineData("purged")]
    public async Task The_turn_of_one_that_is_at_work_no_more_is_given_to_who_waits(string what)
    {
        var lost = await LostAsync(what);
        await WriteAsync(Holder("x-1"), Holder("x-2"), Holder("x-3"), new(lost, "A", DateTime.UtcNow.AddMinutes(-1)));

        var study = await app.PostZipAsync("B", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));

        Assert.Equal(PredictionState.Failed, (await app.EndAsync("B", study.Id)).Status);
        Assert.DoesNotContain((await BookAsync()).Holders, holder => holder.Id == lost);
        await app.LogAsync(1, $"The turn of {lost} was taken from it");
        if (what == "suspended")
            await app.Durable.ResumeInstanceAsync(lost);
    }

    [Fact]
    public async Task One_that_is_terminated_while_it_waits_keeps_nobody_behind_it_waiting()
    {
        await WriteAsync(Holder("x-1"), Holder("x-2"), Holder("x-3"), Holder("x-4"));
        var gone = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        await QueuedAsync("A", gone.Id, 0);
        var next = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        await QueuedAsync("A", next.Id, 1);
        await app.Durable.TerminateInstanceAsync(gone.Id);
        await app.Hub.EndAsync(gone.Id);
        await WriteAsync((await BookAsync()) with { Holders = [Holder("x-1"), Holder("x-2"), Holder("x-3")] });

        // It asks, there is one turn, and the line is A's: the first in it is gone.
        await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        await app.PostZipAsync("B", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));

        Assert.Equal("PredictionTerminated", (await app.EndAsync("A", gone.Id)).Error!.Code);
        await WriteAsync((await BookAsync()) with { Holders = [] });
        await app.PostZipAsync("B", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        Assert.NotEqual("PredictionTerminated", (await app.EndAsync("A", next.Id)).Error!.Code);
    }

    [Fact]
    public async Task A_book_that_is_lost_loses_no_study()
    {
        await WriteAsync(Holder("x-1"), Holder("x-2"), Holder("x-3"), Holder("x-4"));
        var study = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        await QueuedAsync("A", study.Id, 0);

        await app.Store.Blob(Containers.Turns, Book).DeleteAsync();

        // It asks by itself within half a minute.
        Assert.Equal(PredictionState.Failed, (await app.EndAsync("A", study.Id)).Status);
    }

    private static TurnEntry Holder(string id) => new(id, "X", DateTime.UtcNow.AddHours(1));

    private async Task<string> LostAsync(string what)
    {
        var id = PredictionId.OfUpload($"{Guid.NewGuid()}");
        switch (what)
        {
            case "completed":
                return (await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"))).Id is var ended && await app.Hub.EndAsync(ended) is not null ? ended : id;
            case "terminated":
                await WaitingAsync(id);
                await app.Durable.TerminateInstanceAsync(id);
                await app.Hub.EndAsync(id);
                return id;
            case "purged":
                await WaitingAsync(id);
                await app.Durable.TerminateInstanceAsync(id);
                await app.Hub.EndAsync(id);
                await app.Hub.PurgeAsync(id);
                return id;
            case "suspended":
                await WaitingAsync(id);
                await app.Durable.SuspendInstanceAsync(id);
                for (var attempt = 0; attempt < 600 && (await app.Durable.GetInstanceAsync(id))!.RuntimeStatus != OrchestrationRuntimeStatus.Suspended; attempt++)
                    await Task.Delay(50, TestContext.Current.CancellationToken);
                return id;
            default:
                return id;
        }
    }

    /// <summary>Starts an instance that waits for its turn.</summary>
    private async Task WaitingAsync(string id)
    {
        await WriteAsync(Holder("x-1"), Holder("x-2"), Holder("x-3"), Holder("x-4"));
        var upload = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
        var request = (await app.Durable.GetInstanceAsync(upload.Id, getInputsAndOutputs: true))!.ReadInputAs<PredictionRequest>()!;
        await StartOnce.StartAsync(app.Durable, nameof(PredictStudy), id, request with { Id = id }, StartOnce.Settled);
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if ((await BookAsync()).Waiting.Any(waiting => waiting.Id == id))
            {
                await app.Durable.TerminateInstanceAsync(upload.Id);
                await app.Hub.EndAsync(upload.Id);
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The instance {id} never waited.");
    }

    private Task WriteAsync(params TurnEntry[] holders) => WriteAsync(new TurnBook { Holders = holders });

    private Task WriteAsync(TurnBook book) => app.Store.Blob(Containers.Turns, Book).UploadAsync(BlobStore.Json(book), overwrite: true);

    private async Task<TurnBook> BookAsync() => await app.Store.TryReadJsonAsync<TurnBook>(Containers.Turns, Book) ?? TurnBook.Empty;

    private async Task QueuedAsync(string center, string id, int ahead)
    {
        PredictionStatus? status = null;
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            status = await App.ReadAsync(await app.Http.GetAsync($"/api/centers/{center}/predictions/{id}", TestContext.Current.CancellationToken));
            if (status is { Status: PredictionState.Queued, Ahead: { } before } && before == ahead)
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The study {id} is {status?.Status}, {status?.Ahead} before it.");
    }

    private async Task<List<string>> ActionsAsync(string center, IReadOnlyCollection<string> ids)
    {
        List<string> actions = [];
        foreach (var line in await app.AuditLinesAsync(center))
        {
            if (ids.Contains((string?)line["subjects"]!["prediction"]))
                actions.Add((string)line["action"]!);
        }

        return actions;
    }
}
