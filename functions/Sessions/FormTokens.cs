using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Sessions;

/// <summary>Tells what one of our pages sends from what another site has a browser send: by the token that the page got, in a header or, of a small form, in a field.</summary>
internal sealed class FormTokens(IAntiforgery antiforgery, Intake intake, ILogger<FormTokens> logger)
{
    /// <summary>Longest form whose field is looked for, bytes; whatever is longer, or is no form, shows its token in the header.</summary>
    public const int MaxFormBytes = 1 << 20;

    /// <summary>Passes a request with a token of its caller's session. No body is read for it but a small form, which the function then has.</summary>
    /// <exception cref="RadiomicsException"><c>FormTokenInvalid</c>, <c>ServiceBusy</c>.</exception>
    public async Task RequireAsync(HttpContext http)
    {
        var isForm = http.Request.HasFormContentType;
        if (http.Request.Headers[ConsoleFrame.AntiforgeryField].Count == 0)
        {
            if (!isForm || http.Request.ContentLength is not <= MaxFormBytes)
            {
                throw Invalid("it is missing");
            }

            // In memory alone: what is in a form must not outlive a killed process.
            http.Response.RegisterForDispose(intake.TakeMemory(http.Request, MaxFormBytes));
            http.Features.Set<IFormFeature>(new FormFeature(
                http.Request, new FormOptions { MemoryBufferThreshold = MaxFormBytes, BufferBodyLengthLimit = MaxFormBytes, MultipartBodyLengthLimit = MaxFormBytes }));
        }

        try
        {
            await antiforgery.ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException e)
        {
            throw Invalid(e.InnerException?.GetType().Name ?? "it is missing or another's");
        }
    }

    private RadiomicsException Invalid(string kind)
    {
        logger.CredentialsRefused("FormToken", kind);
        return new RadiomicsException("FormTokenInvalid", "This didn't come from a page of this session: load the page anew, and send it again.");
    }
}
