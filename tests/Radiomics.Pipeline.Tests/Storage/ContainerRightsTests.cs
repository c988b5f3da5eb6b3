using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests.Storage;

/// <summary>The containers, for somebody whose role is on some of them and lets none be created.</summary>
public sealed class ContainerRightsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_may_not_create_containers_uses_those_that_are_there(bool mayLook)
    {
        await Account.StoreAsync(azurite);
        var (store, requests) = Restricted(mayLook);

        await store.EnsureContainersAsync(Containers.Keys, Containers.Audit);
        await store.EnsureContainersAsync(Containers.Keys, Containers.Audit);

        // Once per process, and no other container.
        Assert.Equal([$"PUT {Containers.Audit}", $"PUT {Containers.Keys}"], requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_container_that_is_not_there_and_may_not_be_created_is_an_error_each_time()
    {
        var (store, _) = Restricted(mayLook: true);

        for (var time = 0; time < 2; time++)
        {
            var refused = await Assert.ThrowsAsync<RequestFailedException>(() => store.EnsureContainersAsync("never-made"));
            Assert.Equal(403, refused.Status);
        }
    }

    [Fact]
    public async Task An_event_of_the_audit_needs_the_chains_their_heads_and_anchors_and_no_other_container()
    {
        await Account.StoreAsync(azurite);
        var (store, requests) = Restricted(mayLook: true);
        var center = Account.NewCenter();

        await new AuditTrail(store, Account.AuditKey, TimeProvider.System).AppendAsync(new AuditEvent { Id = "x/1", Center = center, Actor = "test", Action = "key-added" }, Cancellation);

        Assert.Equal([Containers.Audit, Containers.AuditAnchors, Containers.AuditHeads], requests.Select(request => request.Split(' ')[1]).Distinct().Order());
        Assert.True((await new AuditTrail(store, Account.AuditKey, TimeProvider.System).VerifyAsync(center, Cancellation)).Intact);
    }

    private (BlobStore Store, List<string> Requests) Restricted(bool mayLook)
    {
        var role = new ContainerRole(mayLook);
        var options = new BlobClientOptions(StorageClients.Version);
        options.AddPolicy(role, HttpPipelinePosition.PerCall);
        return (new BlobStore(new BlobServiceClient(azurite.ConnectionString, options)), role.Requests);
    }

    /// <summary>Refuses, as Azure does, to create a container, and if so wanted to look at one.</summary>
    private sealed class ContainerRole(bool mayLook) : HttpPipelineSynchronousPolicy
    {
        /// <summary>Methods and containers.</summary>
        public List<string> Requests { get; } = [];

        public override void OnSendingRequest(HttpMessage message)
        {
            var (method, uri) = (message.Request.Method.Method, message.Request.Uri.ToUri());
            Requests.Add($"{method} {uri.AbsolutePath.Split('/')[2]}");
            if (uri.Query.Contains("restype=container", StringComparison.Ordinal) && !uri.Query.Contains("comp=", StringComparison.Ordinal) && (method == "PUT" || !mayLook))
                throw new RequestFailedException(403, "This request is not authorized to perform this operation using this permission.", "AuthorizationPermissionMismatch", null);
        }
    }
}
