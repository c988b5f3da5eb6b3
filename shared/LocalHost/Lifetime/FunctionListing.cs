namespace LocalHost.Lifetime;

/// <summary>What <c>func start</c> prints: each function with its URL or its kind of trigger.</summary>
internal static class FunctionListing
{
    public static void Write(TextWriter output, FunctionCatalog catalog, HostSettings settings, Uri url)
    {
        var address = url.AbsoluteUri.TrimEnd('/');
        output.WriteLine("\nFunctions:\n");
        foreach (var function in catalog.All.OrderBy(function => function.IsHttp ? 0 : 1))
            output.WriteLine($"\t{function.Name}: {Describe(function, settings, address)}");
        output.WriteLine($"\nHost listening on {address}");
        output.Flush();
    }

    private static string Describe(FunctionDefinition function, HostSettings settings, string url) => function.Trigger.Type switch
    {
        BindingTypes.Http => $"{Methods(function)}{url}/{HttpFunctions.Route(function, settings)}",
        BindingTypes.Blob => $"{BindingTypes.Blob} {function.Trigger.Text("path")}",
        BindingTypes.Timer => $"{BindingTypes.Timer} {function.Trigger.Text("schedule")}",
        BindingTypes.EventGrid => $"{BindingTypes.EventGrid} {url}/{WebHookAddresses.Path}/EventGrid?functionName={function.Name}",
        var other => other,
    };

    private static string Methods(FunctionDefinition function) => HttpFunctions.Methods(function) is { Length: > 0 } methods ? $"[{string.Join(",", methods)}] " : "";
}
