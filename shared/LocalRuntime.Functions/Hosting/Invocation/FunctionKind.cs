namespace LocalRuntime.Functions.Hosting;

/// <summary>What starts a function.</summary>
internal enum FunctionKind
{
    Http,
    Blob,
    Timer,
    EventGrid,
    Orchestration,
    Activity,
}
