using System.Diagnostics;

namespace LocalRuntime.Functions.Tests.Hosting;

/// <summary>A sample app in a process of its own; killed if the test doesn't end it.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SampleProcess(Process process)
    {
        _process = process;
        Output = process.StandardOutput.ReadToEndAsync();
        Errors = process.StandardError.ReadToEndAsync();
    }

    public Process Process => _process;

    /// <summary>All of standard output, once the process has ended.</summary>
    public Task<string> Output { get; }

    /// <summary>All of standard error, once the process has ended.</summary>
    public Task<string> Errors { get; }

    public static SampleProcess Start(Type functions, params string[] args) => new(Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(SampleProcess).Assembly.Location, "sample-app", functions.FullName!, .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
