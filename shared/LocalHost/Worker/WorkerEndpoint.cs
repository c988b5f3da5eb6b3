using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LocalHost.Worker;

/// <summary>Where worker processes connect to: gRPC over plain HTTP/2 on a free loopback port. Only those that this host has started are let in.</summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerConnection>> _expected = new();
    private readonly WebApplication _server;

    private WorkerEndpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddSingleton(this).AddSingleton<IHostLifetime, NoLifetime>();
        _server = builder.Build();
        _server.MapGrpcService<Service>();
    }

    /// <summary>Its address.</summary>
    public Uri Address => new(_server.Urls.First());

    public static async Task<WorkerEndpoint> StartAsync()
    {
        var endpoint = new WorkerEndpoint();
        await endpoint._server.StartAsync();
        return endpoint;
    }

    /// <summary>The connection of a worker that was started under this id, once it comes.</summary>
    public Task<WorkerConnection> ExpectAsync(string workerId) => Expected(workerId).Task;

    /// <summary>It won't come, or has gone.</summary>
    public void Forget(string workerId) => _expected.TryRemove(workerId, out _);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private TaskCompletionSource<WorkerConnection> Expected(string workerId) =>
        _expected.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Service(WorkerEndpoint endpoint) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream?.WorkerId is not { } id
                || !endpoint._expected.TryRemove(id, out var expected))
            {
                throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This host hasn't started such a worker."));
            }
            var connection = new WorkerConnection();
            expected.TrySetResult(connection);
            await connection.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
