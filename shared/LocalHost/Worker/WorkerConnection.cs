using System.Threading.Channels;
using Grpc.Core;

namespace LocalHost.Worker;

/// <summary>The conversation with one worker process: requests are matched with their answers by id; when it breaks off, all that wait get <see cref="WorkerGoneException"/>.</summary>
internal sealed class WorkerConnection
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _requests = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Where the worker serves HTTP functions itself; null if it doesn't.</summary>
    public Uri? HttpAddress { get; set; }

    /// <summary>The ids under which this worker knows its functions.</summary>
    public Dictionary<string, string> FunctionIds { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Cancelled when the conversation is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Gets what the worker logs.</summary>
    public event Action<RpcLog>? Logged;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="WorkerGoneException">There will be none.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request)
    {
        request.RequestId = Guid.NewGuid().ToString();
        var answer = _requests[request.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(request);
        return await answer.Task;
    }

    /// <summary>Runs a function; cancelling asks the worker to stop, and waits for it all the same.</summary>
    /// <exception cref="WorkerGoneException">The worker has ended.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        var answer = _invocations[request.InvocationId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(new StreamingMessage { InvocationRequest = request });
        await using var cancel = cancellation.Register(() => Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        return await answer.Task;
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate(TimeSpan grace) => Send(new StreamingMessage
    {
        WorkerTerminate = new WorkerTerminate { GracePeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(grace) },
    });

    /// <summary>Reads and writes until either side has had enough.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        var writing = WriteAsync(outgoing);
        try
        {
            while (await incoming.MoveNext(cancellation))
                Receive(incoming.Current);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The process has died, or the host stops.
        }
        finally
        {
            Break();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the conversation: nobody waits any longer.</summary>
    public void Break()
    {
        _outgoing.Writer.TryComplete();
        _ended.Cancel();
        foreach (var waiting in _requests.Keys)
            TakeFrom(_requests, waiting)?.TrySetException(new WorkerGoneException());
        foreach (var waiting in _invocations.Keys)
            TakeFrom(_invocations, waiting)?.TrySetException(new WorkerGoneException());
    }

    private void Send(StreamingMessage message)
    {
        // Written after the end, it would wait for ever; entered before the end, it has been told.
        if (!_outgoing.Writer.TryWrite(message))
            Break();
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync())
            await outgoing.WriteAsync(message);
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logged?.Invoke(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                TakeFrom(_invocations, message.InvocationResponse.InvocationId)?.TrySetResult(message.InvocationResponse);
                break;
            default:
                TakeFrom(_requests, message.RequestId)?.TrySetResult(message);
                break;
        }
    }

    private static TaskCompletionSource<T>? TakeFrom<T>(ConcurrentDictionary<string, TaskCompletionSource<T>> waiting, string id) =>
        waiting.TryRemove(id, out var found) ? found : null;
}
