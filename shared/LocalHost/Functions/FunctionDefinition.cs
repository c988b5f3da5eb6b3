namespace LocalHost.Functions;

/// <summary>A function of the app: its trigger, what else it reads, how it is retried.</summary>
/// <param name="Inputs">The bindings that it reads besides.</param>
internal sealed record FunctionDefinition(string Name, FunctionBinding Trigger, IReadOnlyList<FunctionBinding> Inputs, RetryRule? Retry)
{
    /// <summary>The name under which extensions know it, as in Azure: in receipts, and in the addresses of webhooks.</summary>
    public string Id => $"Host.{LogName}";

    /// <summary>The name under which the SDK logs and calls it.</summary>
    public string LogName => $"Functions.{Name}";

    public bool IsHttp => Trigger.Type == BindingTypes.Http;

    /// <summary>Whether it runs when Event Grid tells of a blob.</summary>
    public bool IsBlobEvent => Trigger.Type == BindingTypes.Blob && "EventGrid".Equals(Trigger.Text("source"), StringComparison.OrdinalIgnoreCase);

    /// <exception cref="HostStartException">It has a binding that this host doesn't serve, or no trigger.</exception>
    public static FunctionDefinition From(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        FunctionBinding[] bindings = [.. json.GetProperty("bindings").EnumerateArray().Select(FunctionBinding.From)];
        if (bindings.FirstOrDefault(binding => !BindingTypes.IsKnown(binding)) is { } odd)
            throw new HostStartException(HostStartException.Failed, $"The function {name} has a binding that this host doesn't serve: {odd.Type}{(odd.IsOutput ? " (output)" : "")}. It serves {BindingTypes.Served}.");
        return new FunctionDefinition(
            name,
            bindings.FirstOrDefault(binding => binding.IsTrigger) ?? throw new HostStartException(HostStartException.Failed, $"The function {name} has no trigger."),
            [.. bindings.Where(binding => !binding.IsTrigger && !binding.IsOutput)],
            json.TryGetProperty("retry", out var retry) ? retry.Deserialize<RetryRule>(JsonSerializerOptions.Web) : null);
    }
}

/// <summary>How often, and after which times (<c>hh:mm:ss</c>), a failed function runs again.</summary>
/// <param name="Strategy"><c>fixedDelay</c> or <c>exponentialBackoff</c>.</param>
internal sealed record RetryRule(string Strategy, int MaxRetryCount, string? DelayInterval, string? MinimumInterval, string? MaximumInterval);
