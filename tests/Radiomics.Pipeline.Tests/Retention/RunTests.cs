using Azure.Storage.Queues;

namespace Radiomics.Pipeline.Tests.Retention;

[Collection(nameof(KeptCollection))]
public sealed class RunTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Periods_that_were_counted_long_ago_are_counted_again_when_deletion_is_switched_on()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        using var off = center.With(("Delete", "false"));
        await center.UploadAsync("x.zip");
        off.PassDays(31);
        Assert.False((await off.RunAsync()).Deleted);
        off.PassDays(180);

        using var on = off.With(("Delete", "true"));
        Assert.False((await on.RunAsync()).Deleted);
        Assert.Equal(2, (await center.EventsAsync("expired-counted")).Count);
        on.PassDays(1);
        Assert.True((await on.RunAsync()).Deleted);
        Assert.Empty(await center.NamesAsync(Containers.Incoming));
    }

    [Fact]
    public async Task Runs_that_delete_nothing_are_in_the_audit_trail_once_a_week()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        using var off = center.With(("Delete", "false"));
        await center.UploadAsync("x.zip");
        off.PassDays(31);
        for (var day = 0; day < 15; day++)
        {
            await off.RunAsync();
            off.PassDays(1);
        }

        Assert.Equal(3, (await center.EventsAsync("expired-counted")).Count);
    }

    [Fact]
    public async Task What_was_written_meanwhile_stays_and_the_trail_says_so()
    {
        using var center = new KeptCenter(azurite, ("Quarantine", 1));
        await center.Store.EnsureContainersAsync();
        var (kept, gone) = (Digest.OfParts("kept")[..32], Digest.OfParts("gone")[..32]);
        foreach (var id in new[] { kept, gone })
            await center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{id}/reason.json", "{}");
        center.PassDays(3);
        Assert.False((await center.RunAsync()).Deleted);
        center.PassDays(1);
        center.Histories.Asked = time => time == 2 ? center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{kept}/reason.json", "{}") : Task.CompletedTask;

        var report = await center.RunAsync();
        Assert.Equal((1, 1), (report.Stayed, report.Things["Quarantine"]));
        Assert.Equal([$"{center.Name}/{kept}/reason.json"], await center.NamesAsync(Containers.Quarantine));
        Assert.Equal(kept, (string?)Assert.Single(await center.EventsAsync("expired-stayed"))["subjects"]!["ids"]);
    }

    [Fact]
    public async Task What_was_not_deleted_when_a_run_is_cut_short_is_in_the_trail()
    {
        using var center = new KeptCenter(azurite, ("Histories", 1));
        await center.Store.EnsureContainersAsync();
        var (first, second) = (PredictionId.OfUpload("1"), PredictionId.OfUpload("2"));
        center.Histories.Ended.AddRange([new(first, center.Name, center.Now), new(second, center.Name, center.Now)]);
        center.PassDays(3);
        Assert.False((await center.RunAsync()).Deleted);
        center.PassDays(1);
        center.Histories.Deleting = id => id == second ? throw new OperationCanceledException() : Task.CompletedTask;

        await Assert.ThrowsAsync<OperationCanceledException>(center.RunAsync);
        Assert.Equal([first], center.Histories.Deleted);
        Assert.Equal(second, (string?)Assert.Single(await center.EventsAsync("expired-stayed"))["subjects"]!["ids"]);
    }

    [Fact]
    public async Task An_event_is_written_for_each_hundred_before_they_go_and_not_for_all_at_first()
    {
        using var center = new KeptCenter(azurite, ("Histories", 1));
        for (var i = 0; i < 150; i++)
            center.Histories.Ended.Add(new(PredictionId.OfUpload($"{i}"), center.Name, center.Now));
        center.PassDays(3);
        Assert.False((await center.RunAsync()).Deleted);
        center.PassDays(1);
        center.Histories.Deleting = id => id == PredictionId.OfUpload("0") ? throw new OperationCanceledException() : Task.CompletedTask;

        await Assert.ThrowsAsync<OperationCanceledException>(center.RunAsync);
        Assert.Equal("100", (string?)Assert.Single(await center.EventsAsync("expired-deleted"))["subjects"]!["count"]);
    }

    [Fact]
    public async Task A_complete_upload_that_nobody_was_told_of_stays_and_is_reported()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        await center.UploadAsync("read.zip");
        await center.UploadAsync("again.zip");
        await center.UploadAsync("same.zip");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/unread.zip", "unread");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/again.zip", "another study under that name");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/same.zip", "content of same.zip");
        center.PassDays(31);

        var report = await center.TwoNightsAsync();
        Assert.Equal((2, 2), (report.Unannounced, report.Things["Incoming"]));
        Assert.Equal([$"{center.Name}/again.zip", $"{center.Name}/unread.zip"], await center.NamesAsync(Containers.Incoming));
    }

    [Fact]
    public async Task A_blob_that_cannot_be_read_stays_and_stops_nothing_else()
    {
        using var center = new KeptCenter(azurite, ("Predictions", 1), ("Arrivals", 1), ("Quarantine", 1), ("Uploads", 1));
        await center.Store.EnsureContainersAsync();
        var (id, upload) = (PredictionId.OfUpload("broken"), Digest.OfParts(center.Name)[..32]);
        await center.Store.PutAsync(Containers.Predictions, $"{center.Name}/by-id/{id}.json", "{");
        await center.Store.PutAsync(Containers.Arrivals, $"{center.Name}/0123456789ab/2.25.1.json", "{");
        await center.Store.PutAsync(Containers.Uploads, $"{upload}.json", "{");
        await center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{upload}/reason.json", "{");
        center.PassDays(3);

        var report = await center.TwoNightsAsync();
        Assert.True(report.Unreadable >= 3);
        Assert.Equal(1, report.Things["Quarantine"]);
        Assert.NotEmpty(await center.NamesAsync(Containers.Predictions));
        await center.Store.Blob(Containers.Uploads, $"{upload}.json").DeleteAsync();
    }

    [Fact]
    public async Task Messages_that_name_what_could_not_be_announced_go_after_a_time_of_their_own()
    {
        using var center = new KeptCenter(azurite);
        using var poisoned = center.With(("PoisonDays", "3"));
        var queue = new QueueClient(azurite.ConnectionString, PoisonMessages.Queue, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));
        await queue.CreateIfNotExistsAsync();
        await queue.ClearMessagesAsync();
        for (var i = 0; i < 40; i++)
            await queue.SendMessageAsync($"A/Doe^Jane-{i}.zip", default, TimeSpan.FromDays(7));

        Assert.False((await poisoned.RunAsync()).Things.ContainsKey("Poison"));
        poisoned.PassDays(1);
        Assert.False((await poisoned.RunAsync()).Things.ContainsKey("Poison"));
        Assert.Equal(32, (await queue.PeekMessagesAsync(32)).Value.Length);
        poisoned.PassDays(3);
        Assert.Equal(40, (await poisoned.RunAsync()).Things["Poison"]);
        Assert.Empty((await queue.PeekMessagesAsync(32)).Value);
    }

    [Fact]
    public async Task Messages_of_which_more_wait_than_can_be_looked_at_are_counted_as_at_least_so_many()
    {
        using var center = new KeptCenter(azurite);
        using var counting = center.With(("PoisonDays", "3"), ("Delete", "false"));
        var queue = new QueueClient(azurite.ConnectionString, PoisonMessages.Queue, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));
        await queue.CreateIfNotExistsAsync();
        await queue.ClearMessagesAsync();
        for (var i = 0; i < 40; i++)
            await queue.SendMessageAsync($"A/Doe^Jane-{i}.zip", default, TimeSpan.FromDays(7));
        counting.PassDays(4);
        var now = counting.Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(32, (await counting.RunAsync()).Things["Poison"]);
        await queue.ClearMessagesAsync();
        List<string> events = [];
        foreach (var segment in await center.Store.NamesAsync(Containers.Audit, $"{Containers.System}/"))
            events.AddRange((await center.Store.TextAsync(Containers.Audit, segment)).Split('\n').Where(line => line.Contains($"retention/{now}/Poison", StringComparison.Ordinal)));
        Assert.Contains("\"count at least\":\"32\"", Assert.Single(events), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("record")]
    [InlineData("mark")]
    public async Task An_upload_of_which_there_is_a_receipt_and_no_prediction_stays_and_is_reported(string left)
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        await center.Store.EnsureContainersAsync();
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/x.zip", "x");
        var upload = await center.ReceiveAsync("x.zip");
        if (left == "record")
            await center.PredictAsync(upload, "2.25.1");
        else if (left == "mark")
            await center.Get<PurgedInstances>().MarkAsync(PredictionId.OfUpload(upload.UploadId));
        center.PassDays(31);

        var report = await center.TwoNightsAsync();
        Assert.Equal(left == "nothing" ? 1 : 0, report.Unannounced);
        Assert.Equal(left == "nothing" ? 1 : 0, (await center.NamesAsync(Containers.Incoming)).Count);
    }

    [Fact]
    public async Task A_pointer_that_cannot_be_read_keeps_its_upload_and_stops_nothing_else()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        await center.UploadAsync("a.zip");
        await center.UploadAsync("b.zip");
        var pointer = $"by-name/{Digest.OfParts(center.Name, "Zip/a.zip")}.json";
        Assert.True(await center.Store.Blob(Containers.Uploads, pointer).ExistsAsync());
        await center.Store.PutAsync(Containers.Uploads, pointer, "{");
        center.PassDays(31);

        var report = await center.TwoNightsAsync();
        await center.Store.Blob(Containers.Uploads, pointer).DeleteAsync();
        Assert.Equal((0, 1), (report.Unannounced, report.Things["Incoming"]));
        Assert.True(report.Unreadable >= 1);
        Assert.Equal([$"{center.Name}/a.zip"], await center.NamesAsync(Containers.Incoming));
    }

    [Fact]
    public async Task Looking_ends_when_time_is_up_and_the_rest_of_the_nights_work_is_done()
    {
        using var center = new KeptCenter(azurite, ("Histories", 1));
        using var poisoned = center.With(("PoisonDays", "3"));
        var queue = new QueueClient(azurite.ConnectionString, PoisonMessages.Queue, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));
        await queue.CreateIfNotExistsAsync();
        await queue.ClearMessagesAsync();
        await queue.SendMessageAsync("A/Doe^Jane.zip", default, TimeSpan.FromDays(7));
        var (first, second) = (PredictionId.OfUpload("1"), PredictionId.OfUpload("2"));
        poisoned.Histories.Ended.AddRange([new(first, center.Name, center.Now), new(second, center.Name, center.Now)]);
        poisoned.PassDays(4);
        Assert.False((await poisoned.RunAsync()).IsCutShort);
        poisoned.PassDays(1);
        poisoned.Histories.Named = () => poisoned.PassDays(21.0 / 1440);

        var report = await poisoned.RunAsync();
        Assert.Equal((true, true, 1), (report.Deleted, report.IsCutShort, report.Things["Poison"]));
        Assert.Equal([first], poisoned.Histories.Deleted);
        poisoned.Histories.Named = () => { };
        Assert.False((await poisoned.RunAsync()).IsCutShort);
        Assert.Equal([first, second], poisoned.Histories.Deleted);
    }

    [Fact]
    public async Task Uploads_for_whose_hashing_no_time_is_left_stay_for_the_next_night_and_the_rest_goes()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 30), ("Quarantine", 30));
        await center.UploadAsync("same.zip");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/same.zip", "content of same.zip");
        await center.Store.PutAsync(Containers.Quarantine, $"{center.Name}/{Digest.OfParts(center.Name)[..32]}/reason.json", "{}");
        center.PassDays(31);
        center.Histories.Asked = _ => Task.Run(() => center.PassDays(11.0 / 1440));
        await center.RunAsync();
        center.PassDays(1);

        var report = await center.RunAsync();
        Assert.Equal((true, true, 0, 1), (report.Deleted, report.IsCutShort, report.Unannounced, report.Things["Quarantine"]));
        Assert.Single(await center.NamesAsync(Containers.Incoming));
        center.Histories.Asked = _ => Task.CompletedTask;
        Assert.Equal(1, (await center.RunAsync()).Things["Incoming"]);
    }

    [Fact]
    public async Task What_was_written_again_is_identified_once_and_not_every_night()
    {
        const string Remembered = "retention/identified.json";
        using var center = new KeptCenter(azurite, ("Incoming", 30));
        await center.UploadAsync("again.zip");
        await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/again.zip", "another study under that name");
        center.PassDays(31);
        Assert.Equal(1, (await center.TwoNightsAsync()).Unannounced);

        // Were it hashed again, it would not be what is remembered here.
        var known = await center.UploadAsync("known.zip");
        var identified = (await center.Store.TryReadJsonAsync<Dictionary<string, string>>(Containers.Uploads, Remembered))!;
        await center.Store.PutAsync(Containers.Uploads, Remembered, BlobStore.Json(identified.ToDictionary(entry => entry.Key, _ => known.UploadId)).ToString());
        Assert.Equal(0, (await center.RunAsync()).Unannounced);
        Assert.Empty(await center.NamesAsync(Containers.Incoming));
    }
}
