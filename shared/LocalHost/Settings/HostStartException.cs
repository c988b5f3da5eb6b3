namespace LocalHost.Settings;

/// <summary>The host can't start: a sentence for whoever started it, and the process's exit code.</summary>
internal sealed class HostStartException(int exitCode, string sentence) : Exception(sentence)
{
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 4;

    public int ExitCode => exitCode;
}
