namespace Radiomics.Cli.Output;

/// <summary>Ends a command with an exit code and one sentence.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="code">Stable PascalCase code, as in <see cref="Radiomics.Extraction.RadiomicsException"/>.</param>
/// <param name="detail">One sentence that says what to do.</param>
public sealed class CommandException(int exitCode, string code, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>What the shell gets.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
