using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Radiomics.DicomWeb.Http;

/// <summary>An activity for each request, retries included, that says which kind of resource was asked and never which one.</summary>
internal sealed class RequestTracing : HttpPipelinePolicy
{
    private static readonly ActivitySource s_source = new(DicomServiceClientOptions.ActivitySourceName);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var activity = Start(message);
        ProcessNext(message, pipeline);
        End(activity, message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var activity = Start(message);
        await ProcessNextAsync(message, pipeline);
        End(activity, message);
    }

    private static Activity? Start(HttpMessage message)
    {
        var template = message.TryGetProperty(nameof(DicomRoute.Template), out var value) ? (string)value! : "";
        return s_source.StartActivity($"{message.Request.Method} {template}", ActivityKind.Client)
            ?.SetTag("http.request.method", message.Request.Method.ToString())
            .SetTag("url.template", template)
            .SetTag("server.address", message.Request.Uri.Host);
    }

    private static void End(Activity? activity, HttpMessage message) =>
        activity?.SetTag("http.response.status_code", message.HasResponse ? message.Response.Status : null);
}
