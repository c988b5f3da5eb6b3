using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Notes who was told what, behind the gate and before the answer goes out: the one place where reading comes into the audit. What a function reads, its <see cref="RouteRule"/> says.</summary>
internal sealed class ReadMiddleware(ReadAudit reads, CenterProfiles profiles) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (RouteRules.All.GetValueOrDefault(context.FunctionDefinition.Name)?.Reads is { } reading
            && context.GetHttpContext() is { } http
            && http.Features.Get<Caller>() is { } caller
            && http.GetRouteValue("center") is string center
            && WasTold(context.GetInvocationResult().Value))
        {
            reads.Note(profiles.AreaOf(center), caller.Name, reading.Kind, string.Join('/', reading.Id.Select(part => http.GetRouteValue(part))));
        }
    }

    // A problem tells nothing of what was asked for.
    private static bool WasTold(object? answer) => answer is IActionResult && answer is not IStatusCodeActionResult { StatusCode: not (null or 200) };
}
