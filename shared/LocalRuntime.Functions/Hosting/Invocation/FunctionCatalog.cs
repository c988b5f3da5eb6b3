using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Every function of an app, found once at start; a declaration that couldn't run is refused here, before anything is served.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionEntry> _byName;

    private FunctionCatalog(Dictionary<string, FunctionEntry> byName) => _byName = byName;

    public IEnumerable<FunctionEntry> All => _byName.Values.OrderBy(f => f.Name, StringComparer.Ordinal);

    public bool UsesDurable => All.Any(f => f.Kind is FunctionKind.Orchestration or FunctionKind.Activity || f.TakesDurableClient);

    public IEnumerable<FunctionEntry> OfKind(FunctionKind kind) => All.Where(f => f.Kind == kind);

    /// <summary>The function of that name and kind, whatever the name's case; null if there is none.</summary>
    public FunctionEntry? Find(string name, FunctionKind kind) => _byName.TryGetValue(name, out var function) && function.Kind == kind ? function : null;

    public static FunctionCatalog Find(IEnumerable<Type> types)
    {
        var functions = new Dictionary<string, FunctionEntry>(StringComparer.OrdinalIgnoreCase);
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var method in types.SelectMany(t => t.GetMethods(any)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
                continue;
            var entry = Read(method, attribute.Name);
            FunctionParameters.Check(entry);
            if (!functions.TryAdd(entry.Name, entry))
                throw new InvalidOperationException($"Two functions are named '{entry.Name}': {functions[entry.Name].EntryPoint} and {entry.EntryPoint}.");
        }
        return new FunctionCatalog(functions);
    }

    private static FunctionEntry Read(MethodInfo method, string name)
    {
        if (!method.IsPublic || method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition)
            throw new InvalidOperationException($"The function '{name}' must be a public method and not generic.");
        var triggers = method.GetParameters()
            .Select(p => (Parameter: p, Trigger: p.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(p => p.Trigger is not null)
            .ToArray();
        if (triggers is not [var (parameter, trigger)])
            throw new InvalidOperationException($"The function '{name}' must have exactly one trigger parameter; it has {triggers.Length}.");
        return new FunctionEntry(name, method, parameter, trigger!, KindOf(trigger!));
    }

    private static FunctionKind KindOf(TriggerBindingAttribute trigger) => trigger switch
    {
        HttpTriggerAttribute => FunctionKind.Http,
        BlobTriggerAttribute => FunctionKind.Blob,
        TimerTriggerAttribute => FunctionKind.Timer,
        EventGridTriggerAttribute => FunctionKind.EventGrid,
        OrchestrationTriggerAttribute => FunctionKind.Orchestration,
        ActivityTriggerAttribute => FunctionKind.Activity,
        _ => throw new NotSupportedException($"The local host has no {trigger.GetType().Name}."),
    };
}
