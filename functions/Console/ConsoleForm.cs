using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Radiomics.Extraction;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Console;

/// <summary>Reads what a form of the console has sent, in memory alone: what is in it may name patients, and must not outlive a killed process.</summary>
internal static class ConsoleForm
{
    /// <summary>Longest form without a file, bytes.</summary>
    public const long MaxBytes = 1 << 20;

    /// <summary>The fields, and files if it may have any. What the gate has read for the form's token isn't read again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="intake">Lets it in.</param>
    /// <param name="limit">Longest form, bytes.</param>
    /// <exception cref="RadiomicsException"><c>UnsupportedMediaType</c>, <c>RequestTooLarge</c>, <c>InvalidRequest</c>, <c>ServiceBusy</c>.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, Intake intake, long limit = MaxBytes)
    {
        if (!request.HasFormContentType)
        {
            throw new RadiomicsException("UnsupportedMediaType", "Send a form, as the page has it.");
        }

        if (request.HttpContext.Features.Get<IFormFeature>()?.Form is { } known)
        {
            return known;
        }

        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }

        request.HttpContext.Response.RegisterForDispose(intake.TakeMemory(request, limit));
        try
        {
            return await new FormFeature(request, new FormOptions { MemoryBufferThreshold = (int)limit, BufferBodyLengthLimit = limit, MultipartBodyLengthLimit = limit }).ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw e is InvalidDataException && request.ContentLength is null ? TooLarge(limit) : new RadiomicsException("InvalidRequest", "The form could not be read. Load the page anew, and send it again.");
        }
    }

    /// <summary>A field without the space around it; null if it is missing or empty.</summary>
    public static string? TextOf(this IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static RadiomicsException TooLarge(long limit) => new("RequestTooLarge", $"What was sent is larger than {limit} bytes.");
}
