namespace Radiomics.Pipeline.Tests.Retention;

[Collection(nameof(KeptCollection))]
public sealed class ReceiptTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_key_is_remembered_as_long_as_the_record_or_the_history_of_what_was_made_under_it()
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Uploads", 1), ("Histories", 20), ("Predictions", 10));
        var upload = await center.UploadAsync("x.zip");
        var made = PredictionId.OfUpload("key");
        await center.Get<IdempotencyKeys>().ClaimAsync(center.Name, "key", "body", upload.UploadId, made);
        await center.PredictAsync(upload, "2.25.1", made);
        center.PassDays(3);
        await center.TwoNightsAsync();
        await center.RunAsync();
        Assert.Null(await center.Get<UploadStore>().TryGetAsync(upload.UploadId));
        await IsRememberedAsync(true);

        center.Histories.Running.Add(new(made, upload.UploadId, [], center.Now));
        center.PassDays(10);
        await DeletePredictionAsync(center, made);
        await center.RunAsync();
        await IsRememberedAsync(true);

        center.Histories.Running.Clear();
        await center.RunAsync();
        await IsRememberedAsync(false);

        async Task IsRememberedAsync(bool isRemembered) =>
            Assert.Equal(isRemembered, await center.Store.Blob(Containers.Uploads, $"by-key/{Digest.OfParts(center.Name, "key")}.json").ExistsAsync());
    }

    [Fact]
    public async Task A_key_of_a_retraining_stays_with_its_record_and_a_claim_that_does_not_say_of_what_it_is_stays()
    {
        using var center = new KeptCenter(azurite, ("Uploads", 1));
        var id = RetrainingId.OfKey(center.Name, "kept");
        await center.Store.EnsureContainersAsync();
        await center.Get<IdempotencyKeys>().ClaimAsync(center.Name, "kept", "body", "body", id);
        await center.Get<IdempotencyKeys>().ClaimAsync(center.Name, "gone", "body", "body", RetrainingId.OfKey(center.Name, "gone"));
        await center.Store.WriteJsonOnceAsync(Containers.Models, $"{center.Name}/retrainings/{id}.json", new RetrainingStatus { Id = id, Center = center.Name, Status = RetrainingState.Succeeded });
        await center.Store.PutAsync(Containers.Uploads, $"by-key/{Digest.OfParts(center.Name, "old")}.json", $$"""{"bodySha256": "0", "uploadId": "{{Digest.OfParts("x")[..32]}}"}""");
        center.PassDays(3);

        await center.TwoNightsAsync();
        var names = await center.Store.NamesAsync(Containers.Uploads, "by-key/");
        Assert.Contains($"by-key/{Digest.OfParts(center.Name, "kept")}.json", names);
        Assert.Contains($"by-key/{Digest.OfParts(center.Name, "old")}.json", names);
        Assert.DoesNotContain($"by-key/{Digest.OfParts(center.Name, "gone")}.json", names);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task The_same_bytes_by_body_and_by_blob_go_with_all_that_tells_of_them(bool isBodyFirst, bool isWrittenAgain)
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Requests", 1), ("Uploads", 1));
        var content = new BinaryData("content of x.zip");
        var body = isBodyFirst ? await center.SendAsync(content) : await center.UploadAsync("x.zip");
        var upload = isBodyFirst ? await center.UploadAsync("x.zip") : await center.SendAsync(content);
        Assert.Equal(body.UploadId, upload.UploadId);
        if (isWrittenAgain)
            await center.Store.PutAsync(Containers.Incoming, $"{center.Name}/x.zip", "content of x.zip");

        var claim = $"by-content/{Digest.OfParts("content", center.Name, body.Sha256)}.json";
        string[] all = [claim, $"{body.UploadId}.json", $"{UploadId.OfZip(center.Name, "x.zip", body.Sha256)}.json"];
        Assert.Empty(all.Except(await center.Store.NamesAsync(Containers.Uploads, "")));
        center.PassDays(3);
        Assert.Equal(0, (await center.TwoNightsAsync()).Unannounced);
        Assert.Empty((await center.NamesAsync(Containers.Incoming)).Concat(await center.NamesAsync(Containers.Requests)));

        for (var night = 0; night < 20 && all.Intersect(await center.Store.NamesAsync(Containers.Uploads, "")).Any(); night++)
            await center.RunAsync();
        Assert.Empty(all.Intersect(await center.Store.NamesAsync(Containers.Uploads, "")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hold_on_the_body_or_the_blob_keeps_the_same_bytes_at_both_doors(bool isBodyHeld)
    {
        using var center = new KeptCenter(azurite, ("Incoming", 1), ("Requests", 1), ("Uploads", 1));
        var body = await center.SendAsync(new BinaryData("content of x.zip"));
        await center.UploadAsync("x.zip");
        await center.HoldAsync(isBodyHeld ? body.UploadId : UploadId.OfZip(center.Name, "x.zip", body.Sha256));
        center.PassDays(3);
        await center.TwoNightsAsync();
        await center.RunAsync();

        Assert.Equal(2, (await center.NamesAsync(Containers.Incoming)).Concat(await center.NamesAsync(Containers.Requests)).Count());
        Assert.Contains($"by-content/{Digest.OfParts("content", center.Name, body.Sha256)}.json", await center.Store.NamesAsync(Containers.Uploads, "by-content/"));
    }

    [Fact]
    public async Task A_run_reads_so_many_receipts_and_the_next_goes_on_after_them()
    {
        using var center = new KeptCenter(azurite, ("Uploads", 1));
        await center.Store.EnsureContainersAsync();
        for (var i = 0; i < 30; i++)
            await center.Get<IdempotencyKeys>().ClaimAsync(center.Name, $"{i}", "body", "body", RetrainingId.OfKey(center.Name, $"{i}"));
        center.PassDays(3);
        using var bounded = center.With(("MaxReceipts", "20"));
        await bounded.TwoNightsAsync();
        Assert.NotEqual(0, await LeftAsync());

        for (var night = 0; night < 500 && await LeftAsync() > 0; night++)
            Assert.True((await bounded.RunAsync()).Things.GetValueOrDefault("Uploads") <= 20);
        Assert.Equal(0, await LeftAsync());

        async Task<int> LeftAsync()
        {
            var names = (await center.Store.NamesAsync(Containers.Uploads, "by-key/")).ToHashSet();
            return Enumerable.Range(0, 30).Count(i => names.Contains($"by-key/{Digest.OfParts(center.Name, $"{i}")}.json"));
        }
    }

    [Fact]
    public async Task A_run_that_counts_leaves_the_place_from_which_the_next_goes_on()
    {
        using var center = new KeptCenter(azurite, ("Uploads", 1));
        using var bounded = center.With(("MaxReceipts", "1"), ("Delete", "false"));
        await center.Store.EnsureContainersAsync();
        for (var i = 0; i < 3; i++)
            await center.Get<IdempotencyKeys>().ClaimAsync(center.Name, $"{i}", "body", "body", RetrainingId.OfKey(center.Name, $"{i}"));
        bounded.PassDays(3);
        await center.Store.PutAsync(Containers.Uploads, "retention/receipts.json", """{"after": "0"}""");

        Assert.False((await bounded.RunAsync()).Deleted);
        Assert.Equal("""{"after": "0"}""", await center.Store.TextAsync(Containers.Uploads, "retention/receipts.json"));
    }

    private static async Task DeletePredictionAsync(KeptCenter center, string id)
    {
        foreach (var name in (await center.NamesAsync(Containers.Predictions)).Where(name => name.Contains(id, StringComparison.Ordinal)))
            await center.Store.Blob(Containers.Predictions, name).DeleteAsync();
    }
}
