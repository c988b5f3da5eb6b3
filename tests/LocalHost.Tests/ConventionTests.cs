using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalHost.Tests.Durable;
using LocalHost.Tests.Lifetime;
using Radiomics;

namespace LocalHost.Tests;

/// <summary>
/// What the host relies on though no contract promises it: two texts that the Durable extension reads in exceptions, and an interface that is
/// marked as not for public use. A new version of the extension that breaks one is told by the test of its name.
/// </summary>
[Collection(nameof(FragileHost))]
public class ConventionTests(FragileHost fragile)
{
    private SampleHost App => fragile.App;

    /// <summary>The text <c>Result: …\nException: …\nStack: …</c>.</summary>
    [Fact]
    public async Task Convention_of_the_failure_text_An_activity_s_failure_arrives_with_type_message_and_cause()
    {
        await fragile.ServesAsync();
        var failure = await App.Instances.RunAsync("Examine", new { Word = "Ann", Times = 0 });
        Assert.Equal("System.IO.InvalidDataException", failure.GetProperty("Type").GetString());
        Assert.Equal("The study of Ann is damaged.", failure.GetProperty("Message").GetString());
        Assert.Equal("System.IO.FileNotFoundException", failure.GetProperty("InnerType").GetString());
        Assert.Equal("There is no manifest.\nNor a volume.", failure.GetProperty("InnerMessage").GetString());
        Assert.True(failure.GetProperty("IsOfBadData").GetBoolean());
        Assert.False(failure.GetProperty("IsOfMissingFile").GetBoolean());
    }

    /// <summary>The text <c>Did not find any initialized language workers</c>.</summary>
    [Fact]
    public async Task Convention_of_the_missing_worker_An_activity_that_takes_the_worker_with_it_is_given_back_not_failed()
    {
        await fragile.ServesAsync();
        var id = SampleHost.NewName();
        await App.Instances.StartAsync("Survive", id, new { Word = "", Times = 0 });
        var survived = await App.Instances.EndAsync(id);
        Assert.Equal("survived", survived.GetProperty("output").GetString());
        Assert.DoesNotContain("TaskFailed", Instances.EventsOf(survived));
    }

    /// <summary><c>IWebHookProvider</c>.</summary>
    [Fact]
    public async Task Convention_of_the_webhook_provider_The_durable_client_s_urls_lead_to_this_host()
    {
        await fragile.ServesAsync();
        var id = SampleHost.NewName();
        using var begun = await App.Http.PostAsJsonAsync($"/api/begin/Repeat/{id}", new { Word = "x", Times = 0 });
        var ofRequest = UrlIn(await begun.Content.ReadFromJsonAsync<JsonElement>());
        var ofBinding = UrlIn((await App.Http.GetFromJsonAsync<JsonElement>($"/api/ask/{id}")).GetProperty("urls"));
        foreach (var url in (string[])[ofRequest, ofBinding])
        {
            Assert.StartsWith(new Uri(App.Process.Url, Instances.Root + "/instances/" + id).AbsoluteUri, url);
            using var answer = await App.Http.GetAsync(url);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await App.Instances.RaiseAsync(id, "Last", "end");
        await App.Instances.EndAsync(id);
    }

    private static string UrlIn(JsonElement urls) =>
        urls.EnumerateObject().Single(p => p.Name.Equals("statusQueryGetUri", StringComparison.OrdinalIgnoreCase)).Value.GetString()!;
}
