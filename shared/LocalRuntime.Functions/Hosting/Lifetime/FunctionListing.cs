using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Hosting;

/// <summary>What <c>func start</c> prints: each function with its URL or its kind of trigger.</summary>
internal static class FunctionListing
{
    public static void Write(TextWriter output, FunctionCatalog catalog, HostSettings settings, string url)
    {
        output.WriteLine();
        output.WriteLine("Functions:");
        foreach (var function in catalog.All.OrderBy(f => f.Kind == FunctionKind.Http ? 0 : 1))
        {
            output.WriteLine();
            output.WriteLine($"\t{function.Name}: {Describe(function, settings, url)}");
        }
        output.WriteLine();
        output.WriteLine($"Host listening on {url}");
        output.Flush();
    }

    private static string Describe(FunctionEntry function, HostSettings settings, string url) => function.Kind switch
    {
        FunctionKind.Http => $"{Methods(function)}{url}/{HttpFunctions.Route(function, settings)}",
        FunctionKind.Blob => $"blobTrigger {((BlobTriggerAttribute)function.Trigger).BlobPath}",
        FunctionKind.Timer => $"timerTrigger {((TimerTriggerAttribute)function.Trigger).Schedule}",
        FunctionKind.EventGrid => $"eventGridTrigger {url}/runtime/webhooks/EventGrid?functionName={function.Name}",
        FunctionKind.Orchestration => "orchestrationTrigger",
        _ => "activityTrigger",
    };

    private static string Methods(FunctionEntry function)
    {
        var methods = HttpFunctions.Methods(function);
        return methods.Length == 0 ? "" : $"[{string.Join(",", methods)}] ";
    }
}
