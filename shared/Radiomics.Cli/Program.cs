using System.Runtime.InteropServices;
using Radiomics.Cli;
using Radiomics.Cli.Extract;
using Radiomics.Cli.Output;

if (args is ["extract", _, _, ..])
{
    WarmUp.Start();
}

using var cancellation = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    // A second signal ends the process at once; what it started ends with it (see ChildProcess).
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
return await RadiomicsTool.RunAsync(args, ToolStreams.Process, Environment.GetEnvironmentVariable, cancellation.Token);
