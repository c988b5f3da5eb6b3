using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests;

/// <summary>An account that answers as Azure may where a policy keeps blobs as they are: with the policy as the reason, and not with the condition. Somebody else always is there first.</summary>
internal sealed class PolicyNaming(Func<Uri, Task> before) : DelegatingHandler(new HttpClientHandler())
{
    private const string Reason = "BlobImmutableDueToPolicy";

    public static BlobStore Store(string connectionString, Func<Uri, Task> before) =>
        new(new BlobServiceClient(connectionString, new BlobClientOptions(StorageClients.Version) { Transport = new HttpClientTransport(new HttpClient(new PolicyNaming(before))) }));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isCreation = request.Headers.Contains("x-ms-blob-type") && request.RequestUri!.AbsolutePath.Contains("/audit/", StringComparison.Ordinal);
        if (isCreation)
        {
            await before(request.RequestUri!);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (isCreation && response.StatusCode == HttpStatusCode.Conflict)
        {
            response.Headers.Remove("x-ms-error-code");
            response.Headers.Add("x-ms-error-code", Reason);
            response.Content = new StringContent($"<?xml version=\"1.0\"?><Error><Code>{Reason}</Code><Message>.</Message></Error>", null, "application/xml");
        }

        return response;
    }
}
