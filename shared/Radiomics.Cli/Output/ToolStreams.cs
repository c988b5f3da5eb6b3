using System.Text;

namespace Radiomics.Cli.Output;

/// <summary>Where a run of the tool writes: the process's own streams, opened when first used, or two writers.</summary>
public sealed class ToolStreams
{
    private readonly TextWriter? _output;
    private readonly TextWriter? _error;

    private ToolStreams(TextWriter? output, TextWriter? error) => (_output, _error) = (output, error);

    /// <summary>The process's standard output and error.</summary>
    public static ToolStreams Process { get; } = new(null, null);

    /// <summary>Two writers.</summary>
    public static ToolStreams To(TextWriter output, TextWriter error) => new(output, error);

    /// <summary>Whether these are the process's streams.</summary>
    public bool IsProcess => _output is null;

    /// <summary>Results.</summary>
    public TextWriter Output => _output ?? Console.Out;

    /// <summary>Everything else.</summary>
    public TextWriter Error => _error ?? Console.Error;

    /// <summary>Writes text that is UTF-8 already, at once, to where results go.</summary>
    public void WriteOutput(ReadOnlySpan<byte> utf8)
    {
        if (_output is { } writer)
        {
            writer.Write(Encoding.UTF8.GetString(utf8));
            return;
        }

        using var stream = Console.OpenStandardOutput();
        stream.Write(utf8);
    }
}
