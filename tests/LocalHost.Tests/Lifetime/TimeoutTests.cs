using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>Functions on a host that gives them little time.</summary>
public class TimeoutTests(TimeoutTests.HurriedHost hurried) : IClassFixture<TimeoutTests.HurriedHost>
{
    private readonly string _id = SampleHost.NewName();

    private SampleHost App => hurried.App;

    [Fact]
    public async Task A_function_that_hears_nothing_is_ended_when_its_time_is_up()
    {
        using var answer = await App.Http.GetAsync($"/api/Hang?id={_id}");
        Assert.InRange((int)answer.StatusCode, 500, 599);
        await App.ServesAsync();
        Assert.Single(await App.Calls.OfAsync("Hang", _id));
    }

    [Fact]
    public async Task A_blob_whose_time_was_up_is_delivered_again()
    {
        await App.WriteAsync($"{_id}/x.zip", "hang once");
        Assert.Equal([$"{_id}|x|hang once", $"{_id}|x|hang once"], await App.Calls.UntilAsync(2, "OnZip", _id));
    }

    public sealed class HurriedHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await SampleHost.StartAsync(
            azurite, settings: new Dictionary<string, string?> { ["AzureFunctionsJobHost__functionTimeout"] = "00:00:03" });

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
