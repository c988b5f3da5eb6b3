using System.Diagnostics;
using System.Reflection;
using LocalRuntime.Functions.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Calls functions: fills their parameters, gives each invocation its services, its time limit and its two log lines.</summary>
internal sealed class FunctionInvoker(IServiceProvider services, HostSettings settings, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger("Function");

    /// <summary>Runs a function to its end and returns what it returned; null for none.</summary>
    /// <exception cref="TimeoutException">It ran longer than host.json's <c>functionTimeout</c>.</exception>
    public async Task<object?> InvokeAsync(FunctionEntry function, TriggerData trigger, CancellationToken cancellation)
    {
        await using var scope = trigger.Services is null ? services.CreateAsyncScope() : default(AsyncServiceScope?);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var context = new LocalFunctionContext(function, trigger.Services ?? scope!.Value.ServiceProvider, trigger.Named, limit.Token);
        HostLog.Executing(_log, function.Name, context.InvocationId);
        var start = time.GetTimestamp();
        try
        {
            var result = await WithinTimeAsync(function, CallAsync(function, trigger, context), limit).ConfigureAwait(false);
            HostLog.Succeeded(_log, function.Name, context.InvocationId, (long)time.GetElapsedTime(start).TotalMilliseconds);
            return result;
        }
        catch (Exception e)
        {
            // The message may hold what the function worked on; it shows only where someone asked for it.
            HostLog.Failed(_log, function.Name, context.InvocationId, (long)time.GetElapsedTime(start).TotalMilliseconds, e.GetType().Name, e.StackTrace);
            HostLog.FailedBecause(_log, e, function.Name, context.InvocationId);
            throw;
        }
    }

    /// <summary>
    /// Runs an orchestrator on the caller's scheduler. Nothing before the orchestrator's first await is asynchronous here, and its own
    /// awaits are the only ones: the durable executor relies on both.
    /// </summary>
    public async Task<string?> InvokeOrchestratorAsync(FunctionEntry function, TaskOrchestrationContext orchestration)
    {
        using var scope = services.CreateScope();
        var trigger = new TriggerData { Value = (_, _) => ValueTask.FromResult<object?>(orchestration) };
        var context = new LocalFunctionContext(function, scope.ServiceProvider, trigger.Named, CancellationToken.None);
        var result = await CallAsync(function, trigger, context);
        return DurableJson.Write(result, DurableJson.WorkerDefault);
    }

    private async Task<object?> WithinTimeAsync(FunctionEntry function, Task<object?> running, CancellationTokenSource limit)
    {
        if (settings.FunctionTimeout is not { } timeout)
            return await running.ConfigureAwait(false);
        using var stopTimer = new CancellationTokenSource();
        var first = await Task.WhenAny(running, Task.Delay(timeout, time, stopTimer.Token)).ConfigureAwait(false);
        stopTimer.Cancel();
        if (first == running)
            return await running.ConfigureAwait(false);
        limit.Cancel();
        _ = running.ContinueWith(t => t.Exception, TaskScheduler.Default);
        throw new TimeoutException($"The function '{function.Name}' ran longer than {timeout} (functionTimeout in host.json).");
    }

    private async Task<object?> CallAsync(FunctionEntry function, TriggerData trigger, LocalFunctionContext context)
    {
        var arguments = new object?[function.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = await ArgumentAsync(function, function.Parameters[i], trigger, context);
        object? instance = null;
        try
        {
            if (!function.Method.IsStatic)
                instance = ActivatorUtilities.CreateInstance(context.InstanceServices, function.Method.DeclaringType!);
            var returned = function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return await ResultAsync(returned);
        }
        finally
        {
            if (arguments[function.TriggerParameter.Position] is Stream stream)
                await stream.DisposeAsync();
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }

    private async ValueTask<object?> ArgumentAsync(FunctionEntry function, ParameterInfo parameter, TriggerData trigger, LocalFunctionContext context)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
            return await trigger.Value(type, context.CancellationToken);
        if (type == typeof(FunctionContext))
            return context;
        if (type == typeof(CancellationToken))
            return context.CancellationToken;
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
            return services.GetRequiredService<DurableTaskHub>().Client;
        if (type == typeof(HttpRequest))
            return await trigger.Value(type, context.CancellationToken);
        if (trigger.Named.TryGetValue(parameter.Name!, out var value))
            return FunctionParameters.Convert(value, type);
        if (parameter.HasDefaultValue)
            return parameter.DefaultValue;
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static async Task<object?> ResultAsync(object? returned)
    {
        if (returned?.GetType() is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(ValueTask<>))
            returned = generic.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(returned, null);
        else if (returned is ValueTask plain)
            returned = plain.AsTask();
        if (returned is not Task task)
            return returned;
        await task;
        var result = task.GetType().GetProperty(nameof(Task<int>.Result));
        return result is null || result.PropertyType.Name == "VoidTaskResult" ? null : result.GetValue(task);
    }
}
