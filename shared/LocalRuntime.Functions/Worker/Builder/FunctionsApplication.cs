namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a functions app begins.</summary>
public class FunctionsApplication
{
    /// <summary>
    /// A builder for the functions of the entry assembly. The local host takes <c>--port N</c>, <c>--enable-auth</c>,
    /// <c>--ready-file PATH</c> and <c>--parent-pid N</c>; other arguments go to the configuration.
    /// </summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
