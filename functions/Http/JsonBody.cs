using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;

namespace RadiomicsFunctions.Http;

/// <summary>A small JSON body.</summary>
internal static class JsonBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads a body whole.</summary>
    /// <param name="request">The request.</param>
    /// <param name="intake">Lets it in.</param>
    /// <param name="example">What a right body looks like, for the sentence of the error.</param>
    /// <exception cref="RadiomicsException"><c>UnsupportedMediaType</c>, <c>RequestTooLarge</c>, <c>InvalidRequest</c>, <c>InvalidDigest</c>, <c>DigestMismatch</c>, <c>ServiceBusy</c>.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Intake intake, string example)
        where T : class
    {
        if (RequestHeaders.MediaTypeOf(request) != "application/json")
        {
            throw new RadiomicsException("UnsupportedMediaType", "Send Content-Type application/json.");
        }

        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        using var lease = intake.TakeMemory(request, MaxBytes);
        var body = await ReceiveAsync(request);
        string where;
        try
        {
            if (JsonSerializer.Deserialize<T>(body, RadiomicsJson.Options) is { } value)
            {
                return value;
            }

            where = "";
        }
        catch (JsonException e)
        {
            where = e.Path is { Length: > 1 } path ? $" The trouble is at {path}." : "";
        }

        throw new RadiomicsException("InvalidRequest", $"The body must be JSON like {example}.{where}");
    }

    private static async Task<byte[]> ReceiveAsync(HttpRequest request)
    {
        using var claimed = ClaimedDigests.Of(request);
        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > MaxBytes)
        {
            throw TooLarge();
        }

        foreach (var hash in claimed.Hashes)
        {
            hash.AppendData(buffer.AsSpan(0, length));
        }

        claimed.Ensure();
        return buffer[..length];
    }

    private static RadiomicsException TooLarge() => new("RequestTooLarge", $"The body is larger than {MaxBytes} bytes.");
}
