using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pages;
using Radiomics.Pages.Console;
using Radiomics.Pages.Console.Service;
using Radiomics.Pipeline;
using RadiomicsFunctions.Health;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests.Console;

/// <summary>The console's pages about who did what, and about how the service is.</summary>
[Collection(nameof(AppCollection))]
public sealed class AuditAndServicePagesTests(App app) : IDisposable
{
    private readonly DeskBrowser _browser = new(app);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Events_are_found_by_what_was_done_by_whom_to_what_and_when()
    {
        var id = $"p-{Guid.NewGuid():N}";
        var (who, whom) = ($"tests:{Guid.NewGuid():N}", $"tests:{Guid.NewGuid():N}");
        await app.Audit.AppendAsync(Event(who, "tested-one", id));
        await app.Audit.AppendAsync(Event(whom, "tested-two", id));
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var bySubject = await _browser.PageAsync($"/centers/A/audit?subject={id}");
        Assert.Contains("<strong>Tested one</strong>", bySubject);
        Assert.True(bySubject.IndexOf("<strong>Tested two", StringComparison.Ordinal) < bySubject.IndexOf("<strong>Tested one", StringComparison.Ordinal));
        Assert.Contains($"href=\"/centers/A/studies/{id}\"", bySubject);
        var byActor = await _browser.PageAsync($"/centers/A/audit?actor={whom}&from={today}");
        Assert.Contains("<strong>Tested two", byActor);
        Assert.DoesNotContain("<strong>Tested one", byActor);
        Assert.Contains("<strong>Tested one", await _browser.PageAsync($"/centers/A/audit?action=tested-one&subject={id}"));
        Assert.Contains("There is no such event.", await _browser.PageAsync($"/centers/A/audit?subject={id}&until=2001-01-01"));
        Assert.Contains("There is no such event.", await _browser.PageAsync($"/centers/B/audit?subject={id}"));
    }

    [Fact]
    public async Task What_belongs_to_no_center_is_shown_to_none() =>
        Assert.Contains("UnknownCenter", await _browser.PageAsync("/centers/_system/audit", HttpStatusCode.NotFound));

    [Fact]
    public async Task The_service_says_in_words_that_it_works_and_what_runs()
    {
        var page = await _browser.PageAsync("/centers/A/service");
        Assert.Contains("Studies can be sent and predicted.", page);
        Assert.Contains("DICOM services", page);
        Assert.Contains("Extraction engine", page);
        Assert.Contains("href=\"/api/docs\"", page);
        Assert.DoesNotContain("AccountKey", page);
    }

    [Fact]
    public async Task A_service_without_storage_says_what_is_broken_and_what_to_do()
    {
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;",
            ["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
        };
        await using var services = new ServiceCollection().AddLogging().AddApp(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();

        var view = await services.GetRequiredService<ServiceDesk>().LookAsync("A", TestContext.Current.CancellationToken);
        var page = await services.GetRequiredService<PageRenderer>().RenderAsync<ServicePage>(new Dictionary<string, object?> { ["Frame"] = new ConsoleFrame { Center = "A", Centers = ["A"] }, ["View"] = view });

        Assert.Contains("<span class=\"badge bad\">broken</span>", page);
        Assert.Contains("The operator looks at the storage account&#x27;s network", page);
        Assert.DoesNotContain("127.0.0.1", page);
    }

    [Fact]
    public async Task Nobody_is_told_what_of_another_center_is_at_work()
    {
        var id = $"p-{Guid.NewGuid():N}";
        await using var services = new ServiceCollection().AddLogging().AddApp(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = app.Storage,
            ["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
        }).Build()).BuildServiceProvider();
        var turns = services.GetRequiredService<TurnDesk>();
        await turns.AskAsync(TurnKind.Study, id, "B", _ => Task.FromResult(true));
        try
        {
            Assert.Contains(id, await _browser.PageAsync("/centers/B/service"));
            Assert.DoesNotContain(id, await _browser.PageAsync("/centers/A/service"));
        }
        finally
        {
            await turns.LeaveAsync(TurnKind.Study, id, _ => Task.FromResult(true));
        }
    }

    private static AuditEvent Event(string actor, string action, string id) => new()
    {
        Id = $"{Guid.NewGuid():N}",
        Center = "A",
        Actor = actor,
        Action = action,
        Subjects = new Dictionary<string, string> { ["prediction"] = id },
        Digests = new Dictionary<string, string> { ["record"] = new string('a', 64) },
    };
}
