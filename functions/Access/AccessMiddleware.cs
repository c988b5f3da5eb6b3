using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Puts the gate before every HTTP function; other functions are called by the host alone.</summary>
internal sealed class AccessMiddleware(AccessGate gate) : IFunctionsWorkerMiddleware
{
    private const string Center = "center";

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase)))
        {
            await next(context);
            return;
        }

        var http = context.GetHttpContext() ?? throw new InvalidOperationException("An HTTP function was called without its request.");
        if (await gate.RefuseAsync(http, context.FunctionDefinition.Name, CenterOf(context, http.GetRouteValue(Center) as string)) is { } refusal)
        {
            context.GetInvocationResult().Value = refusal;
            return;
        }

        await next(context);
    }

    // The function gets what the host has bound. A request in whose path the worker's own routing sees another center names none.
    private static string? CenterOf(FunctionContext context, string? routed)
    {
        var bound = context.BindingContext.BindingData.GetValueOrDefault(Center) as string;
        return bound == routed ? bound : null;
    }
}
