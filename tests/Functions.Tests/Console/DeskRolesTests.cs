using System.Text;
using System.Text.Json.Nodes;
using Functions.Tests.Access;
using Functions.Tests.Sessions;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary>What people with some rights see of the desk's pages, and what a trail looks like that somebody has changed.</summary>
public sealed class DeskRolesTests(ClosedApp app) : IClassFixture<ClosedApp>
{
    private static readonly string[] s_pages = ["models", "retrainings", "quarantine", "audit", "service"];

    [Fact]
    public async Task Who_may_only_read_is_shown_no_form_but_the_way_out()
    {
        using var browser = await SignedInAsync("B", Right.Read);
        foreach (var page in s_pages)
        {
            var answer = await browser.GetAsync($"/centers/B/{page}");
            Assert.True(answer.Status == 200, $"{page}: {answer}");
            Assert.Equal(1, answer.Body.Split("method=\"post\"").Length - 1);
            Assert.DoesNotContain("/rollback", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_right_brings_its_forms_and_no_others()
    {
        using var trainer = await SignedInAsync("B", Right.Read, Right.Train);
        var page = (await trainer.GetAsync("/centers/B/retrainings")).Body;
        Assert.Contains("action=\"/centers/B/cohorts\"", page, StringComparison.Ordinal);

        var id = $"{Guid.NewGuid():N}";
        await app.Store.WriteJsonOnceAsync(Containers.Quarantine, $"B/{id}/reason.json", new QuarantineReason { Code = "NotAZip", Detail = "It is no zip.", UploadId = id, PredictionId = "p-" + id, UploadSha256 = new string('0', 64) });
        await app.Store.WriteOnceAsync(Containers.Quarantine, $"B/{id}/upload.zip", new BinaryData("no zip"), "application/zip");
        Assert.Contains("takes the role Center.B.Submit", (await trainer.GetAsync($"/centers/B/quarantine/{id}")).Body, StringComparison.Ordinal);
        using var sender = await SignedInAsync("B", Right.Read, Right.Submit);
        var form = (await sender.GetAsync($"/centers/B/quarantine/{id}")).Body;
        Assert.Contains($"action=\"/centers/B/quarantine/{id}/resubmission\"", form, StringComparison.Ordinal);
        // There is no other center that they may send to.
        Assert.DoesNotContain("value=\"center\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/centers/B/cohorts\"", (await sender.GetAsync("/centers/B/retrainings")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_shown_is_refused_all_the_same()
    {
        using var reader = await SignedInAsync("B", Right.Read);
        var token = Browser.TokenOf((await reader.GetAsync("/centers/B/models")).Body);
        foreach (var function in HttpFunction.All.Where(function => function is { Method: "POST", Rule: { IsPage: true, Right: not null } }))
        {
            var refused = await reader.PostAsync(function.At("B"), new() { ["RequestVerificationToken"] = token });
            Assert.True(refused.Status == 403 && refused.Body.Contains("RightMissing", StringComparison.Ordinal), $"{function.Name}: {refused}");
            var unasked = await reader.PostAsync(function.At("B"), []);
            Assert.True(unasked.Body.Contains("FormTokenInvalid", StringComparison.Ordinal), $"{function.Name}: {unasked}");
        }
    }

    [Fact]
    public async Task Whoever_looks_at_the_audit_stands_in_it_and_is_shown_when_asked_for()
    {
        var (key, id) = await app.NewKeyAsync("B", Right.Read);
        using var reader = new Browser(app.Url);
        await reader.SignInAsync(key);
        var quiet = (await reader.GetAsync($"/centers/B/audit?actor=key:{id}")).Body;
        Assert.Contains("Who only read something is left out here", quiet, StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>Read</strong>", quiet, StringComparison.Ordinal);

        var page = "";
        for (var attempt = 0; attempt < 600 && !page.Contains("<strong>Read</strong>", StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            page = (await reader.GetAsync($"/centers/B/audit?actor=key:{id}&reads=1")).Body;
        }

        Assert.Matches("<dt>kind</dt>\\s*<dd>\\s*audit\\s*</dd>", page);
    }

    [Fact]
    public async Task A_trail_that_somebody_has_changed_says_so_and_where()
    {
        using var reader = await SignedInAsync("research", Right.Read);
        var whole = await VerifiedAsync(reader, "research", ">intact<");
        Assert.DoesNotContain("This trail is not what was written", whole, StringComparison.Ordinal);

        var segment = await ChangeAsync("research", "\"actor\":\"tests\"", "\"actor\":\"nobody\"");
        // A verdict holds for a while, however often somebody asks.
        Assert.DoesNotContain("This trail is not what was written", (await reader.GetAsync("/centers/research/audit?verify=1")).Body, StringComparison.Ordinal);
        await app.Store.Blob(Containers.AuditHeads, "research/verdict.json").DeleteAsync();

        var broken = await VerifiedAsync(reader, "research", "This trail is not what was written");
        Assert.Contains("An event was changed: it doesn", broken, StringComparison.Ordinal);
        Assert.Contains($"audit/{segment}, line 1", broken, StringComparison.Ordinal);
        Assert.Contains("changed: it doesn", (await reader.GetAsync("/centers/research/audit?actor=nobody")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_that_the_service_has_not_signed_counts_for_nothing()
    {
        using var reader = await SignedInAsync("A", Right.Read);
        await VerifiedAsync(reader, "A", ">intact<");
        var blob = app.Store.Blob(Containers.AuditHeads, "A/verdict.json");
        var verdict = JsonNode.Parse((await blob.DownloadContentAsync()).Value.Content.ToString())!;
        verdict["events"] = 4711;
        await blob.UploadAsync(new BinaryData(verdict.ToJsonString()), overwrite: true);

        var page = (await reader.GetAsync("/centers/A/audit")).Body;

        Assert.Contains("not verified yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4,711", page, StringComparison.Ordinal);
    }

    private static async Task<string> VerifiedAsync(Browser reader, string center, string text)
    {
        var page = (await reader.GetAsync($"/centers/{center}/audit?verify=1")).Body;
        for (var attempt = 0; attempt < 600 && !page.Contains(text, StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            page = (await reader.GetAsync($"/centers/{center}/audit")).Body;
        }

        Assert.Contains(text, page, StringComparison.Ordinal);
        return page;
    }

    // As a thief with write access to the account would.
    private async Task<string> ChangeAsync(string center, string what, string into)
    {
        await foreach (var blob in app.Store.Container(Containers.Audit).GetBlobsAsync(default, default, $"{center}/20", default))
        {
            var segment = app.Store.AppendBlob(Containers.Audit, blob.Name);
            var text = (await segment.DownloadContentAsync()).Value.Content.ToString();
            var at = text.IndexOf(what, StringComparison.Ordinal);
            text = text[..at] + into + text[(at + what.Length)..];
            await segment.DeleteAsync();
            await segment.CreateAsync();
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await segment.AppendBlockAsync(content);
            return blob.Name;
        }

        throw new InvalidOperationException($"{center} has no trail.");
    }

    private async Task<Browser> SignedInAsync(string center, params Right[] rights)
    {
        var browser = new Browser(app.Url);
        await browser.SignInAsync((await app.NewKeyAsync(center, rights)).Text);
        return browser;
    }
}
