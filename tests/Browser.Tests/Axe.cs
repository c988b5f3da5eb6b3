using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Browser.Tests;

/// <summary>What keeps people with other eyes or hands than most from a page.</summary>
internal static class Axe
{
    /// <summary>Fails with each place of a page that axe calls serious or critical. The page is one that was opened to be measured.</summary>
    public static async Task FindsNothingSeriousAsync(Visit visit)
    {
        // The report in its frame, in which nothing may run, is a page of its own, and looked at as such.
        await visit.Page.EvaluateAsync("document.querySelectorAll('iframe').forEach(frame => { frame.removeAttribute('sandbox'); frame.src = 'about:blank'; })");
        var found = await visit.Page.RunAxe(new AxeRunOptions { Iframes = false, ResultTypes = [ResultType.Violations] });
        Assert.Empty(found.Violations.Where(one => one.Impact is "serious" or "critical")
            .SelectMany(one => one.Nodes.Select(node => $"{one.Id} ({one.Impact}): {node.Html}; {string.Join("; ", node.Any.Concat(node.All).Select(check => check.Message))}")));
    }
}
