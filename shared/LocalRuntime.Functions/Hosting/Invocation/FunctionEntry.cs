using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace LocalRuntime.Functions.Hosting;

/// <summary>A function as declared: its method and its trigger.</summary>
internal sealed class FunctionEntry(string name, MethodInfo method, ParameterInfo triggerParameter, TriggerBindingAttribute trigger, FunctionKind kind) : FunctionDefinition
{
    public override string Name => name;

    public override string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EntryPointOf(method) + "\n" + name)))[..20];

    public override string EntryPoint => EntryPointOf(method);

    public override string PathToAssembly => method.DeclaringType!.Assembly.Location;

    public MethodInfo Method => method;

    public ParameterInfo[] Parameters { get; } = method.GetParameters();

    public ParameterInfo TriggerParameter => triggerParameter;

    public TriggerBindingAttribute Trigger => trigger;

    public FunctionKind Kind => kind;

    /// <summary>True when a parameter asks for a Durable client.</summary>
    public bool TakesDurableClient => Parameters.Any(p => p.IsDefined(typeof(DurableClientAttribute)));

    private static string EntryPointOf(MethodInfo method) => method.DeclaringType!.FullName + "." + method.Name;
}
