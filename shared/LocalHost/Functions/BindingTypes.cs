namespace LocalHost.Functions;

/// <summary>The bindings that this host serves.</summary>
internal static class BindingTypes
{
    public const string Http = "httpTrigger";
    public const string Blob = "blobTrigger";
    public const string Timer = "timerTrigger";
    public const string EventGrid = "eventGridTrigger";
    public const string Orchestration = "orchestrationTrigger";
    public const string Activity = "activityTrigger";
    public const string Entity = "entityTrigger";
    public const string DurableClient = "durableClient";

    private const string HttpOutput = "http";

    private static readonly string[] s_inputs = [Http, Blob, Timer, EventGrid, Orchestration, Activity, Entity, DurableClient];

    /// <summary>The list for people.</summary>
    public static string Served => $"{string.Join(", ", s_inputs)}, and HTTP answers";

    public static bool IsKnown(FunctionBinding binding) => binding.IsOutput ? binding.Type == HttpOutput : s_inputs.Contains(binding.Type);
}
