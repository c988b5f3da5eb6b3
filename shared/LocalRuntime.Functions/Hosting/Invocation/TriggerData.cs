namespace LocalRuntime.Functions.Hosting;

/// <summary>What a trigger gives to one invocation.</summary>
internal sealed record TriggerData
{
    /// <summary>Makes the trigger parameter's value of the declared type.</summary>
    public required Func<Type, CancellationToken, ValueTask<object?>> Value { get; init; }

    /// <summary>Values for parameters by name, whatever their case.</summary>
    public IReadOnlyDictionary<string, object?> Named { get; init; } = NoNames;

    /// <summary>The scope to resolve services from where the trigger has one; else each invocation gets its own.</summary>
    public IServiceProvider? Services { get; init; }

    public static IReadOnlyDictionary<string, object?> NoNames { get; } = new Dictionary<string, object?>();

    public static Dictionary<string, object?> NewNames() => new(StringComparer.OrdinalIgnoreCase);
}
