namespace Radiomics.Pipeline.Tests.Retention;

[Collection(nameof(KeptCollection))]
public sealed class UnderWayTests(AzuriteFixture azurite)
{
    private readonly string _study = $"2.25.{Random.Shared.NextInt64(1, long.MaxValue)}";
    private readonly string _retraining = RetrainingId.OfKey("x", Guid.NewGuid().ToString());

    [Fact]
    public async Task A_retraining_that_has_no_plan_yet_keeps_the_studies_of_its_centers()
    {
        using var center = await OldAsync();
        center.Histories.Running.Add(new(_retraining, null, ["other", center.Name], center.Now));

        await center.TwoNightsAsync();
        Assert.NotEmpty(await center.NamesAsync(Containers.Studies));
        Assert.NotEmpty(await center.NamesAsync(Containers.Features));
    }

    [Fact]
    public async Task One_that_has_its_plan_keeps_the_studies_of_that_and_no_others()
    {
        using var center = await OldAsync();
        await center.PredictAsync(await center.UploadAsync("other.zip"), _study + "1");
        center.PassDays(3);
        center.Histories.Running.Add(new(_retraining, null, [center.Name], center.Now));
        await center.Store.WriteJsonOnceAsync(Containers.Models, $"{center.Name}/retrainings/{_retraining}/plan.json", RetentionTests.Plan(center.Name, _study));

        var report = await center.TwoNightsAsync();
        Assert.All(await center.NamesAsync(Containers.Studies), name => Assert.Contains(_study + "/", name, StringComparison.Ordinal));
        Assert.Empty(report.InTheWay);
    }

    [Fact]
    public async Task What_is_started_or_planned_during_a_run_counts()
    {
        using var center = await OldAsync();
        Assert.False((await center.RunAsync()).Deleted);
        center.PassDays(1);
        center.Histories.Asked = time =>
        {
            if (time == 2)
                center.Histories.Running.Add(new(PredictionId.OfUpload("new"), "new", [center.Name], center.Now));
            return Task.CompletedTask;
        };
        Assert.True((await center.RunAsync()).Deleted);
        Assert.NotEmpty(await center.NamesAsync(Containers.Studies));

        center.Histories.Running.Clear();
        center.Histories.Asked = time => time == 4
            ? center.Store.WriteJsonOnceAsync(Containers.Models, $"{center.Name}/retrainings/{_retraining}/plan.json", RetentionTests.Plan(center.Name, _study))
            : Task.CompletedTask;
        await center.RunAsync();
        Assert.NotEmpty(await center.NamesAsync(Containers.Studies));
    }

    [Fact]
    public async Task What_does_not_end_and_keeps_studies_of_its_centers_is_reported()
    {
        using var center = await OldAsync();
        var (stuck, suspended, young) = (PredictionId.OfUpload("1"), PredictionId.OfUpload("2"), PredictionId.OfUpload("3"));
        center.Histories.Running.Add(new(stuck, "1", [center.Name], center.Now.AddDays(-3)));
        center.Histories.Running.Add(new(suspended, "2", [center.Name], center.Now, IsSuspended: true));
        center.Histories.Running.Add(new(young, "3", [center.Name], center.Now));

        Assert.Equal([stuck, suspended], (await center.RunAsync()).InTheWay.Select(instance => instance.Id));
    }

    private async Task<KeptCenter> OldAsync()
    {
        var center = new KeptCenter(azurite, ("Studies", 1), ("Features", 1));
        await center.PredictAsync(await center.UploadAsync("x.zip"), _study);
        center.PassDays(3);
        return center;
    }
}
