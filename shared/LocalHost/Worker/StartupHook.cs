/// <summary>
/// Runs inside the worker before the app does (<c>DOTNET_STARTUP_HOOKS</c>; the runtime asks for this name without a namespace): the worker ends with the host.
/// The host holds the other end of standard input; however it dies, the operating system closes it.
/// </summary>
internal static class StartupHook
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    public static void Initialize() => new Thread(EndWithTheHost) { IsBackground = true, Name = "ends with the host" }.Start();

    private static void EndWithTheHost()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (input.Read(buffer) > 0) { }
        using var late = new Timer(_ => System.Diagnostics.Process.GetCurrentProcess().Kill(), null, s_grace, Timeout.InfiniteTimeSpan);
        Environment.Exit(0);
    }
}
