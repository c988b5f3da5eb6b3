using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Http;

/// <summary>A request's body in a temporary folder, hashed while it came in: bodies are as large as studies.</summary>
internal sealed class RequestBody : IDisposable
{
    private const string Name = "body";

    private readonly TemporaryFolder _folder;
    private readonly IDisposable _lease;

    private RequestBody(TemporaryFolder folder, IDisposable lease, FileInfo file, string sha256)
    {
        _folder = folder;
        _lease = lease;
        File = file;
        Sha256 = sha256;
    }

    /// <summary>The file.</summary>
    public FileInfo File { get; }

    /// <summary>Digest of the body.</summary>
    public string Sha256 { get; }

    /// <summary>Takes a body in.</summary>
    /// <param name="request">The request.</param>
    /// <param name="intake">Lets it in.</param>
    /// <param name="limit">Largest body, bytes.</param>
    /// <param name="instead">A sentence that says what to send, for the errors.</param>
    /// <param name="tooLarge">The error of a body above the limit, where there is another way for it; <c>RequestTooLarge</c> if not given.</param>
    /// <exception cref="RadiomicsException"><paramref name="tooLarge"/>, <c>EmptyBody</c>, <c>InvalidDigest</c>, <c>DigestMismatch</c>, <c>ServiceBusy</c>.</exception>
    public static async Task<RequestBody> ReceiveAsync(HttpRequest request, Intake intake, long limit, string instead, Func<RadiomicsException>? tooLarge = null)
    {
        tooLarge ??= () => TooLarge(limit, instead);
        Admit(request, limit, tooLarge);
        var (folder, lease) = intake.TakeDisk(request, limit);
        try
        {
            await using var target = folder.Create(Name);
            return new RequestBody(folder, lease, folder.File(Name), await CopyAsync(request, target, limit, instead, tooLarge));
        }
        catch
        {
            using (lease)
            {
                folder.Dispose();
            }

            throw;
        }
    }

    /// <summary>Takes a small body in without a file: what names patients must not outlive a killed process.</summary>
    /// <param name="request">The request.</param>
    /// <param name="intake">Lets it in.</param>
    /// <param name="limit">Largest body, bytes.</param>
    /// <param name="instead">A sentence that says what to send, for the errors.</param>
    /// <returns>The body, and what to dispose of when nothing of it is held any more.</returns>
    /// <exception cref="RadiomicsException"><c>RequestTooLarge</c>, <c>EmptyBody</c>, <c>InvalidDigest</c>, <c>DigestMismatch</c>, <c>ServiceBusy</c>.</exception>
    public static async Task<(MemoryStream Body, IDisposable Lease)> ReadAsync(HttpRequest request, Intake intake, long limit, string instead)
    {
        var tooLarge = () => TooLarge(limit, instead);
        Admit(request, limit, tooLarge);
        var lease = intake.TakeMemory(request, limit);
        try
        {
            var body = new MemoryStream((int)(request.ContentLength ?? 0));
            await CopyAsync(request, body, limit, instead, tooLarge);
            body.Position = 0;
            return (body, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose()
    {
        using (_lease)
        {
            _folder.Dispose();
        }
    }

    private static void Admit(HttpRequest request, long limit, Func<RadiomicsException> tooLarge)
    {
        if (request.ContentLength > limit)
        {
            throw tooLarge();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }

    private static async Task<string> CopyAsync(HttpRequest request, Stream target, long limit, string instead, Func<RadiomicsException> tooLarge)
    {
        using var claimed = ClaimedDigests.Of(request);
        var left = limit;
        var sha256 = await Digest.OfCopyAsync(
            request.Body, target, bytes => left = left >= bytes ? left - bytes : throw tooLarge(), claimed.Hashes, request.HttpContext.RequestAborted);
        if (left == limit)
        {
            throw new RadiomicsException("EmptyBody", $"The request has no body. {instead}");
        }

        claimed.Ensure();
        return sha256;
    }

    private static RadiomicsException TooLarge(long limit, string instead) => new("RequestTooLarge", $"The body is larger than {limit} bytes. {instead}");
}
