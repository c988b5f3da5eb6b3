using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Hosting;

/// <summary>One invocation.</summary>
internal sealed class LocalFunctionContext(FunctionEntry function, IServiceProvider services, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellation)
    : FunctionContext
{
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override BindingContext BindingContext { get; } = new Data(bindingData);

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    [field: AllowNull]
    public override IDictionary<object, object> Items { get => field ??= new Dictionary<object, object>(); set; }

    public override CancellationToken CancellationToken => cancellation;

    private sealed class Data(IReadOnlyDictionary<string, object?> values) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => values;
    }
}
