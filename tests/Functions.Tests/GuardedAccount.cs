using System.Collections.Concurrent;
using System.Net;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Radiomics;
using Yarp.ReverseProxy.Forwarder;

namespace Functions.Tests;

/// <summary>
/// A storage account whose container <c>audit</c> is immutable but for appended blocks, as in Azure: it stands before Azurite, which has no such policies, and refuses what
/// <see cref="AuditRules"/> forbids.
/// </summary>
internal sealed class GuardedAccount : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly Uri _azurite;
    private int _appended;

    private GuardedAccount(string connectionString)
    {
        _azurite = new BlobServiceClient(connectionString).Uri;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddHttpForwarder();
        _server = builder.Build();
        _server.Run(SendAsync);
    }

    /// <summary>The account.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>What was refused.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>How many blocks were appended to the audit trail.</summary>
    public int Appended => Volatile.Read(ref _appended);

    public static async Task<GuardedAccount> StartAsync(string connectionString)
    {
        var account = new GuardedAccount(connectionString);
        await account._server.StartAsync();
        var address = new Uri(account._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        account.ConnectionString = connectionString.Replace($"BlobEndpoint=http://{account._azurite.Authority}/", $"BlobEndpoint=http://{address.Authority}/", StringComparison.Ordinal);
        Assert.NotEqual(connectionString, account.ConnectionString);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task SendAsync(HttpContext context)
    {
        var target = new Uri(new Uri(_azurite.GetLeftPart(UriPartial.Authority)), context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (AuditRules.Violation(context.Request.Method, target, headers) is { } violation)
        {
            Refused.Enqueue(violation);
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            context.Response.Headers["x-ms-error-code"] = "BlobImmutableDueToPolicy";
            return;
        }

        if (target.Query.Contains("comp=appendblock", StringComparison.Ordinal))
            Interlocked.Increment(ref _appended);
        await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(context, _azurite.GetLeftPart(UriPartial.Authority), _client, ForwarderRequestConfig.Empty, new AsItIs(target));
    }

    // The signature is over the address as it was sent.
    private sealed class AsItIs(Uri target) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = target;
        }
    }
}
