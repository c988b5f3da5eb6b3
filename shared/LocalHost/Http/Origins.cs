namespace LocalHost.Http;

/// <summary>Tells what a web page of another origin has a browser send: functions that ask for no key are for programs and people of this machine, not for any page that they look at.</summary>
internal static class Origins
{
    private static readonly PathString[] s_management = [$"/{WebHookAddresses.Path}", "/admin"];

    /// <summary>
    /// Whether a request comes from a page of another origin: browsers say so, and programs say nothing. A link to what is only read may be followed, but not to the management endpoints.
    /// </summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
            return !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        if (request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none")
            return false;
        var isLink = HttpCall.Reads(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";
        return !isLink || s_management.Any(path => request.Path.StartsWithSegments(path));
    }
}
