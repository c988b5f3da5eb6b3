using System.Net;
using System.Text;
using Radiomics;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>A service that asks nobody who they are, as one on a workstation, with something of everything in it. What a test changes, it makes itself.</summary>
public sealed class OpenService : Service
{
    private readonly Lazy<Task<Prediction>> _study;
    private readonly Lazy<Task<PredictionStatus>> _failed;
    private readonly Lazy<Task<RetrainingStatus>> _retraining;
    private readonly Lazy<Task<Prediction>> _features;
    private readonly Lazy<Task<string>> _rolledForward;

    public OpenService(AzuriteFixture azurite)
        : base(azurite, isOwn: false)
    {
        _study = new(PredictAsync);
        _failed = new(FailAsync);
        _retraining = new(RetrainAsync);
        _features = new(MeasureAsync);
        _rolledForward = new(PromoteAsync);
    }

    private protected override (Dictionary<string, string?> Settings, string[] Arguments) Configuration => (new() { ["Radiomics__Auth__Required"] = "false" }, []);

    /// <summary>A study of center A that was predicted.</summary>
    public Task<Prediction> StudyAsync() => _study.Value;

    /// <summary>A study of center A that lies in quarantine.</summary>
    public Task<PredictionStatus> FailedAsync() => _failed.Value;

    /// <summary>A retraining of center A, 1.5 T, whose model waits for approval.</summary>
    public Task<RetrainingStatus> RetrainingAsync() => _retraining.Value;

    /// <summary>A study of a center without models.</summary>
    public Task<Prediction> FeaturesAsync() => _features.Value;

    /// <summary>Where center B's model at 1.5 T can be rolled back, after another one was approved.</summary>
    public Task<string> RolledForwardAsync() => _rolledForward.Value;

    /// <summary>A retraining from its cohort to the model that waits for somebody's approval.</summary>
    public async Task<RetrainingStatus> RetrainAsync(string center, string fieldStrength, int firstSeed)
    {
        var csv = await SeededCohort.StoreAsync(Store, Key, center, fieldStrength, studies: 20, firstSeed);
        using var cohort = await Http.PutAsync($"/api/centers/{center}/cohorts/seeds-{firstSeed}", new StringContent(csv, Encoding.UTF8, "text/csv"));
        Assert.True(cohort.StatusCode == HttpStatusCode.OK, await cohort.Content.ReadAsStringAsync());
        var order = $$"""{"cohort": "seeds-{{firstSeed}}", "fieldStrengths": ["{{fieldStrength}}"], "protocol": {{SeededCohort.Protocol}}}""";
        using var started = await Http.PostAsync($"/api/centers/{center}/retrainings", new StringContent(order, Encoding.UTF8, "application/json"));
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        var address = started.Headers.Location!.AbsolutePath;
        return await UntilAsync(() => TryGetAsync<RetrainingStatus>(address), status => status.Status is RetrainingState.WaitingForApproval or RetrainingState.Failed, address);
    }

    private async Task<Prediction> PredictAsync() => (await EndAsync("A", await SendAsync("A", await Phantom.ZipAsync(seed: 7)))).Prediction!;

    private async Task<PredictionStatus> FailAsync() => await EndAsync("A", await SendAsync("A", Phantom.Without(await Phantom.ZipAsync(seed: 8), "SEG/")));

    private async Task<Prediction> MeasureAsync() => (await EndAsync("research", await SendAsync("research", await Phantom.ZipAsync(seed: 9)))).Prediction!;

    private async Task<string> PromoteAsync()
    {
        var before = (await TryGetAsync<ModelHistory>("/api/centers/B/models/1.5T"))!.Current.Version;
        var waiting = await RetrainAsync("B", "1.5T", firstSeed: 7100);
        using var decided = await Http.PostAsync($"/api/centers/B/retrainings/{waiting.Id}/approval", new StringContent("""{"approved": true, "name": "Dr. Example", "reason": "card reviewed"}""", Encoding.UTF8, "application/json"));
        Assert.True(decided.StatusCode == HttpStatusCode.Accepted, await decided.Content.ReadAsStringAsync());
        await UntilAsync(() => TryGetAsync<RetrainingStatus>($"/api/centers/B/retrainings/{waiting.Id}"), status => status.Status is RetrainingState.Succeeded, waiting.Id);
        return $"/centers/B/models/1.5T/{before}/rollback";
    }

    private Task<RetrainingStatus> RetrainAsync() => RetrainAsync("A", "1.5T", firstSeed: 7000);
}
