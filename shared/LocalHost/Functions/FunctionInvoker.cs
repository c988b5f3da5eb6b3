namespace LocalHost.Functions;

/// <summary>Takes each call of the WebJobs SDK to the worker, and gives its answer back. Public, since the class that is made for the SDK names it.</summary>
public sealed class FunctionInvoker
{
    private const int HttpAttempts = 3;

    private static readonly TimeSpan s_httpPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly WorkerSupervisor _worker;
    private readonly FunctionCatalog _catalog;
    private readonly BlobEventReceipts _receipts;

    internal FunctionInvoker(WorkerSupervisor worker, FunctionCatalog catalog, BlobEventReceipts receipts) => (_worker, _catalog, _receipts) = (worker, catalog, receipts);

    /// <summary>Runs a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Values of the trigger and the inputs, then <see cref="ExecutionContext"/>, <see cref="Binder"/> and <see cref="CancellationToken"/>.</param>
    /// <returns>What it returned: text, bytes, a number, or JSON as <c>JToken</c>.</returns>
    public async Task<object?> InvokeAsync(string name, object?[] arguments)
    {
        var function = _catalog.Find(name)!;
        var context = (ExecutionContext)arguments[^3]!;
        var data = ((Binder)arguments[^2]!).BindingData;
        var cancellation = (CancellationToken)arguments[^1]!;
        if (arguments[0] is HttpCall call)
        {
            await InvokeHttpAsync(function, call, arguments, context, cancellation);
            return null;
        }
        var worker = await _worker.CurrentAsync(s_patience, cancellation);
        var request = Request(worker, function, arguments, context, data);
        if (!function.IsBlobEvent)
            return TypedValues.FromWorker((await RunAsync(worker, request, cancellation)).ReturnValue);
        await _receipts.WhileRunningAsync(function, data, () => RunAsync(worker, request, cancellation));
        return null;
    }

    private async Task InvokeHttpAsync(FunctionDefinition function, HttpCall call, object?[] arguments, ExecutionContext context, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Whatever becomes of a call that had to wait for a worker: its caller may come again.
                var coming = _worker.CurrentAsync(s_httpPatience, cancellation);
                call.LostItsWorker |= !coming.IsCompletedSuccessfully;
                var worker = await coming;
                var request = Request(worker, function, arguments, context, call.Http.Request.RouteValues!);
                if (attempt > 1)
                    request.InvocationId = Guid.NewGuid().ToString();
                var invocation = RunAsync(worker, request, cancellation);
                if (worker.HttpAddress is { } address)
                    await call.ForwardAsync(new HttpCallTarget(address, request.InvocationId, invocation));
                await invocation;
                return;
            }
            catch (WorkerGoneException) when (!call.Ending.IsCancellationRequested)
            {
                call.LostItsWorker = true;
                if (!call.IsRepeatable || call.Http.Response.HasStarted || attempt == HttpAttempts)
                    throw;
                call.Http.Response.Clear();
            }
        }
    }

    private static async Task<InvocationResponse> RunAsync(WorkerConnection worker, InvocationRequest request, CancellationToken cancellation)
    {
        var response = await worker.InvokeAsync(request, cancellation);
        return response.Result?.Status switch
        {
            StatusResult.Types.Status.Success => response,
            StatusResult.Types.Status.Cancelled => throw new OperationCanceledException("The function was cancelled."),
            _ => throw new FunctionFailedException(response.Result?.Exception),
        };
    }

    private static InvocationRequest Request(
        WorkerConnection worker, FunctionDefinition function, object?[] arguments, ExecutionContext context, IEnumerable<KeyValuePair<string, object?>> data)
    {
        var request = new InvocationRequest
        {
            InvocationId = context.InvocationId.ToString(),
            FunctionId = worker.FunctionIds[function.Name],
            TraceContext = new RpcTraceContext { TraceParent = System.Diagnostics.Activity.Current?.Id ?? "", TraceState = System.Diagnostics.Activity.Current?.TraceStateString ?? "" },
        };
        if (context.RetryContext is { } retry)
            request.RetryContext = new RetryContext { RetryCount = retry.RetryCount, MaxRetryCount = retry.MaxRetryCount };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = arguments[0] is HttpCall ? new TypedData { Http = new RpcHttp() } : TypedValues.ToWorker(arguments[0]) });
        for (var i = 0; i < function.Inputs.Count; i++)
            request.InputData.Add(new ParameterBinding { Name = function.Inputs[i].Name, Data = TypedValues.ToWorker(arguments[i + 1]) });
        foreach (var (key, value) in data)
        {
            if (key != "sys" && value is not null)
                request.TriggerMetadata[key] = TypedValues.ToWorker(value);
        }
        return request;
    }
}
