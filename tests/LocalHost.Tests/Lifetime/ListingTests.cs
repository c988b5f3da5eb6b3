using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>What a person reads of a host that runs.</summary>
public class ListingTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    [Fact]
    public async Task It_lists_what_starts_its_functions()
    {
        var url = App.Process.Url.AbsoluteUri.TrimEnd('/');
        string[] expected =
        [
            $"\tHello: [GET] {url}/api/Hello",
            $"\tItem: [GET,PUT] {url}/api/centers/{{center}}/items/{{id:int}}",
            $"\tOnZip: blobTrigger %Container%/{{center}}/{{name}}.zip",
            $"\tOnEvent: eventGridTrigger {url}/runtime/webhooks/EventGrid?functionName=OnEvent",
            "\tRepeat: orchestrationTrigger",
            "\tSay: activityTrigger",
            "\tSum: entityTrigger",
            $"Host listening on {url}",
        ];
        await App.Process.SaysAsync(expected[^1]);
        var lines = App.Process.Log.Split('\n');
        Assert.All(expected, line => Assert.Contains(line, lines));
    }

    [Fact]
    public void A_function_that_is_off_is_not_among_them() => Assert.DoesNotContain("\tOften:", App.Process.Log);

    [Fact]
    public async Task Each_invocation_is_told_with_its_outcome_and_without_its_data()
    {
        using var good = await App.Http.GetAsync("/api/Hello?who=private");
        using var bad = await App.Http.GetAsync("/api/Broken?who=private");
        await App.WriteAsync("private/Miller_John.zip", "private");
        await App.Calls.UntilAsync(1, "OnZip", "private");
        await App.Instances.RunAsync("Examine", new { Word = "private", Times = 0 });
        foreach (var (function, outcome) in new[] { ("Hello", "Succeeded"), ("Broken", "Failed"), ("OnZip", "Succeeded"), ("Fail", "Failed") })
        {
            await App.Process.SaysAsync($"Executing 'Functions.{function}' (Reason=");
            await App.Process.SaysAsync($"Executed 'Functions.{function}' ({outcome}, Id=");
        }

        Assert.Matches(@"Executed 'Functions\.Hello' \(Succeeded, Id=[0-9a-f-]{36}, Duration=\d+ms\)", App.Process.Log);
        Assert.DoesNotContain("private", App.Process.Log);
        Assert.DoesNotContain("Miller", App.Process.Log);
        Assert.DoesNotContain("secret of", App.Process.Log);
        Assert.Empty(App.Process.Errors);
    }

    [Fact]
    public async Task What_the_worker_logs_is_passed_on_by_its_level()
    {
        var text = SampleHost.NewName();
        using var noted = await App.Http.PostAsync($"/api/Note?text={text}", null);
        await App.Process.SaysAsync($"Noted for your information: {text}");
        Assert.DoesNotContain($"Noted for a debugger: {text}", App.Process.Log);
    }
}
