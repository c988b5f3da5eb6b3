using Microsoft.AspNetCore.Diagnostics;

namespace LocalHost.Http;

/// <summary>The bodies (RFC 9457) of what the host itself refuses: each status has one code, which stays, and a sentence. What functions and extensions answer with a body passes as it is.</summary>
internal static class Problems
{
    private static readonly Dictionary<int, (string Code, string Detail)> s_known = new()
    {
        [401] = ("KeyMissing", "This host asks for a key that opens this: send it as x-functions-key."),
        [403] = ("CrossOrigin", "A page of another origin may not call this host."),
        [404] = ("NotFound", "There is nothing at this address."),
        [405] = ("MethodNotAllowed", "This address takes other methods: the header Allow names them."),
        [421] = ("WrongHostName", "This host answers to localhost, 127.0.0.1 and [::1] alone."),
        [500] = ("FunctionFailed", "The function failed; the host's log tells why."),
        [503] = ("NotServing", "The host can't serve this just now: come again."),
    };

    /// <summary>Writes the body of an answer that has none.</summary>
    public static Task WriteAsync(StatusCodeContext answer) => s_known.TryGetValue(answer.HttpContext.Response.StatusCode, out var known)
        ? WriteAsync(answer.HttpContext, answer.HttpContext.Response.StatusCode, known.Code, known.Detail)
        : Task.CompletedTask;

    public static Task WriteAsync(HttpContext http, int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(http);
}
