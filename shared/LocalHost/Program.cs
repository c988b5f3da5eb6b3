// A Functions host for one machine: LocalHost --app FOLDER [--port N] [--enable-auth] [--ready-file FILE] [--parent-pid PID] [--Key=Value …]
var signals = new StopSignals();
try
{
    var arguments = HostArguments.Parse(args);
    if (arguments.ParentPid is { } parent)
        _ = signals.WatchAsync(parent);
    await using var host = await FunctionsHost.StartAsync(arguments, signals.Stopping);
    await Task.Delay(Timeout.Infinite, signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    return 0;
}
catch (Exception e) when (e is HostStartException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return (e as HostStartException)?.ExitCode ?? HostStartException.Failed;
}
catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested) { return 0; }
