using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Functions.Tests.Access;
using Functions.Tests.Sessions;

namespace Functions.Tests.Console;

/// <summary>A browser at the pages of the app's desk, where nobody is asked who they are.</summary>
internal sealed partial class DeskBrowser(App app) : IDisposable
{
    private readonly Browser _browser = new(app.Http.BaseAddress!);

    public void Dispose() => _browser.Dispose();

    /// <summary>A page as its reader sees it: text and marks as they are meant, one space for each stretch of white space.</summary>
    public async Task<string> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await _browser.GetAsync(address);
        Assert.True((int)status == answer.Status, $"{answer.Status} at {address}:\n{answer.Body}");
        return Read(answer.Body);
    }

    /// <summary>Asks for a page until it has something, which it does a moment later.</summary>
    public async Task<string> PageWithAsync(string address, string text)
    {
        var page = "";
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if ((page = await PageAsync(address)).Contains(text, StringComparison.Ordinal))
                return page;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{address} never has {text}:\n{page}");
    }

    /// <summary>Fills in the form that a page has for an address, and sends it: what stands in it, and what is said here in place of that. Returns where it leads to, or the page that it answers.</summary>
    public async Task<(int Status, string Page)> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = (await _browser.GetAsync(page)).Body;
        var form = Forms().Matches(html).Select(match => match.Value).FirstOrDefault(form => form.Contains($"action=\"{action}\"", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{page} has no form for {action}:\n{html}");
        var said = fields.Select(field => field.Name).ToHashSet();
        var filled = Filled(form).Where(field => !said.Contains(field.Name)).Concat(fields.Where(field => field.Value.Length > 0));
        return Seen(await _browser.SendAsync(HttpMethod.Post, action, new FormUrlEncodedContent(filled.Select(field => KeyValuePair.Create(field.Name, field.Value)))));
    }

    /// <summary>Sends a form with a file.</summary>
    public async Task<(int Status, string Page)> SendFileAsync(string page, string action, string field, string file, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, field, file);
        var token = Browser.TokenOf((await _browser.GetAsync(page)).Body);
        return Seen(await _browser.SendAsync(HttpMethod.Post, action, form, ("RequestVerificationToken", token)));
    }

    private static (int Status, string Page) Seen(Answer answer) => (answer.Status, answer.Status == 303 ? Location().Match(answer.Headers).Groups[1].Value : Read(answer.Body));

    private static string Read(string html) => Space().Replace(WebUtility.HtmlDecode(html), " ");

    // What a browser sends of a form that nobody has touched.
    private static IEnumerable<(string Name, string Value)> Filled(string form)
    {
        foreach (var input in Inputs().Matches(form).Select(match => match.Value))
        {
            var isChoice = Attribute(input, "type") is "checkbox" or "radio";
            if (Attribute(input, "name") is { } name && Attribute(input, "type") is not "file" && (!isChoice || Checked().IsMatch(input)))
                yield return (name, Attribute(input, "value") ?? "");
        }

        foreach (Match area in Areas().Matches(form))
            yield return (Attribute(area.Groups[1].Value, "name")!, WebUtility.HtmlDecode(area.Groups[2].Value));
        foreach (Match select in Selects().Matches(form))
        {
            var options = Options().Matches(select.Groups[2].Value).Select(match => match.Value).ToList();
            if ((options.Find(option => Selected().IsMatch(option)) ?? options.FirstOrDefault()) is { } chosen)
                yield return (Attribute(select.Groups[1].Value, "name")!, Attribute(chosen, "value")!);
        }
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea([^>]*)>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();

    [GeneratedRegex("<select([^>]*)>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex("\\schecked(\\s|>|=)")]
    private static partial Regex Checked();

    [GeneratedRegex("\\sselected(\\s|>|=)")]
    private static partial Regex Selected();

    [GeneratedRegex("Location: (\\S+)")]
    private static partial Regex Location();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
