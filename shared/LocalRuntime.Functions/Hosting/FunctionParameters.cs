namespace LocalRuntime.Functions.Hosting;

/// <summary>Which parameters a function may declare.</summary>
internal static class FunctionParameters
{
    public static void Check(FunctionEntry function)
    {
    }
}
