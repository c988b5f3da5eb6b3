using System.Runtime.ExceptionServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Radiomics.DicomWeb.Storing;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Http;

/// <summary>Requests to one DICOM service, and what becomes of them.</summary>
internal sealed class DicomPipeline
{
    private readonly HttpPipeline _pipeline;
    private readonly Uri _root;

    public DicomPipeline(Uri endpoint, TokenCredential? credential, DicomServiceClientOptions options)
    {
        _root = Root(options.Hosts.Require(endpoint), options);
        if (credential is not null && _root.Scheme != Uri.UriSchemeHttps)
            throw new RadiomicsException("DicomServiceNotAllowed", "A token goes to a DICOM service over https only.");
        options.RetryPolicy ??= new PatientRetry(options.Retry, options.LongestRetryAfter);
        HttpPipelinePolicy[] perRetry = credential is null ? [] : [new BearerTokenAuthenticationPolicy(credential, options.Scopes)];
        _pipeline = HttpPipelineBuilder.Build(options, [new RequestTracing()], perRetry, new ResponseClassifier());
    }

    /// <summary>A request whose answer is read as it comes.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="route">What it is about.</param>
    /// <param name="accept">What it wants.</param>
    /// <param name="query">Query with its question mark, escaped; or nothing.</param>
    public HttpMessage Create(RequestMethod method, DicomRoute route, string accept, string query = "")
    {
        var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.SetProperty(nameof(DicomRoute.Template), route.Template);
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(_root, route.Path + query));
        message.Request.Headers.SetValue("Accept", accept);
        return message;
    }

    /// <summary>Sends it, with the retries that the options allow.</summary>
    /// <exception cref="DicomServiceException"><c>DicomServiceUnavailable</c>: no answer came.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellation);
            return message.Response;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or HttpRequestException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            // What couldn't be sent because it couldn't be read is no fault of the service.
            if (message.Request.Content is StoreContent { SourceFault: { } fault })
                ExceptionDispatchInfo.Throw(fault);
            throw Answers.NoAnswer(e);
        }
    }

    private static Uri Root(Uri endpoint, DicomServiceClientOptions options)
    {
        var version = options.Version == DicomServiceClientOptions.ServiceVersion.Unversioned ? "" : $"v{(int)options.Version}/";
        var partition = options.Partition is { } name ? $"partitions/{name}/" : "";
        return new Uri($"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{version}{partition}");
    }
}
