using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>One person's window, and what goes wrong in it: requests to elsewhere, what the content security policy forbids, errors in the console.</summary>
public sealed class Visit : IAsyncDisposable
{
    // Before any line of the page: what the policy forbids is told as an error.
    private const string Watch = "document.addEventListener('securitypolicyviolation', e => console.error(`CSP ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))";

    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<IRequest> _finished = [];
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page, Uri service)
    {
        (_context, Page, Service) = (context, page, service);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _faults.Enqueue($"{message.Text} ({message.Location})");
        };
        page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" or "ws" or "wss" && address.Authority != service.Authority)
                _faults.Enqueue($"A request to another host: {request.Url}");
        };
        page.RequestFinished += (_, request) => _finished.Enqueue(request);
    }

    public IPage Page { get; }

    /// <summary>Where the service is.</summary>
    public Uri Service { get; }

    /// <summary>What has gone wrong so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Opens a window on a service.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="service">Where the service is.</param>
    /// <param name="dark">Whether its owner likes it dark.</param>
    /// <param name="width">Its width, pixels.</param>
    /// <param name="measured">Whether scripts of the test have to run in pages in which none may, such as reports: their policy is then left out.</param>
    public static async Task<Visit> StartAsync(Chromium chromium, Uri service, bool dark = false, int width = 1280, bool measured = false)
    {
        Chromium.Require();
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = service.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            AcceptDownloads = true,
        });
        await context.AddInitScriptAsync(Watch);
        if (measured)
            await context.RouteAsync("**/*", WithoutPolicyAsync);
        context.SetDefaultTimeout(60_000);
        return new Visit(context, await context.NewPageAsync(), service);
    }

    /// <summary>Goes to an address of the service, and waits until everything of the page is there.</summary>
    public async Task<IResponse> GoAsync(string address) => (await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load }))!;

    /// <summary>Bytes of all that was loaded so far, as they came over the line.</summary>
    public async Task<long> BytesAsync()
    {
        long bytes = 0;
        foreach (var request in _finished)
        {
            var sizes = await request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        return bytes;
    }

    /// <summary>Fails if something has gone wrong.</summary>
    public void IsClean() => Assert.True(_faults.IsEmpty, $"{Page.Url}:\n{string.Join('\n', _faults)}");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static async Task WithoutPolicyAsync(IRoute route)
    {
        if (route.Request.ResourceType != "document")
        {
            await route.ContinueAsync();
            return;
        }

        var answer = await route.FetchAsync(new() { MaxRedirects = 0 });
        await route.FulfillAsync(new() { Response = answer, Headers = answer.Headers.Where(header => header.Key != "content-security-policy").ToDictionary() });
    }
}
