using System.Net;
using System.Text;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary>The console's pages about what could not be used.</summary>
[Collection(nameof(AppCollection))]
public sealed class QuarantinePagesTests(App app) : IDisposable
{
    private readonly DeskBrowser _browser = new(app);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task What_could_not_be_used_is_listed_with_the_reason_and_what_can_be_done()
    {
        var failed = await RefusedAsync(Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));

        Assert.Contains($"/centers/A/quarantine/{failed.UploadId}", await _browser.PageAsync("/centers/A/quarantine"));
        var page = await _browser.PageAsync($"/centers/A/quarantine/{failed.UploadId}");
        Assert.Contains("<p class=\"code\">NotAZip</p>", page);
        Assert.Contains("Send a zip archive, complete.", page);
        Assert.Contains("Ask its sender for the study again", page);
        Assert.Contains($"/centers/A/studies/{failed.Id}", page);
        Assert.Contains("QuarantineNotFound", await _browser.PageAsync($"/centers/B/quarantine/{failed.UploadId}", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_study_without_its_field_strength_is_sent_again_with_it_and_is_resolved()
    {
        var failed = await RefusedAsync(await PhantomStudy.WithoutFieldStrengthAsync(seed: 8101));
        Assert.Equal("FieldStrengthUnknown", failed.Error!.Code);
        var address = $"/centers/A/quarantine/{failed.UploadId}";

        var (unsaid, problem) = await _browser.SubmitAsync(address, $"{address}/resubmission", ("way", "field"));
        Assert.Equal(400, unsaid);
        Assert.Contains("Say the field strength in tesla", problem);
        var (sent, where) = await _browser.SubmitAsync(address, $"{address}/resubmission", ("way", "field"), ("tesla", "3.0"));
        Assert.Equal((303, $"{address}?done=again"), (sent, where));

        var page = await _browser.PageWithAsync(address, "<span class=\"badge good\">resolved</span>");
        Assert.Contains("<span class=\"badge good\">predicted</span>", page);
        Assert.DoesNotContain(failed.UploadId!, await _browser.PageAsync("/centers/A/quarantine"));
        Assert.Contains(failed.UploadId!, await _browser.PageAsync("/centers/A/quarantine?show=all"));
    }

    [Fact]
    public async Task What_came_for_another_center_is_sent_there()
    {
        var failed = await RefusedAsync(Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        var address = $"/centers/A/quarantine/{failed.UploadId}";

        var (sent, _) = await _browser.SubmitAsync(address, $"{address}/resubmission", ("way", "center"), ("center", "B"));

        Assert.Equal(303, sent);
        Assert.Contains("center B", await _browser.PageAsync(address));
        var (nowhere, problem) = await _browser.SubmitAsync(address, $"{address}/resubmission", ("way", "center"), ("center", "Nowhere"));
        Assert.Equal(400, nowhere);
        Assert.Contains("ResubmissionRefused", problem);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_a_problem_on_a_page()
    {
        var failed = await RefusedAsync(await PhantomStudy.WithoutFieldStrengthAsync(seed: 8102));
        var address = $"/centers/A/quarantine/{failed.UploadId}";

        var (status, problem) = await _browser.SubmitAsync(address, $"{address}/resubmission", ("way", "series"), ("series", "4711"));

        Assert.Equal(400, status);
        Assert.Contains("FixChangesNothing", problem);
        Assert.DoesNotContain("What has been tried", await _browser.PageAsync(address));
    }

    private async Task<PredictionStatus> RefusedAsync(byte[] zip) => await app.EndAsync("A", (await app.PostZipAsync("A", zip)).Id);
}
