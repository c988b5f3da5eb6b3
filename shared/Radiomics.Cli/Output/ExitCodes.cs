namespace Radiomics.Cli.Output;

/// <summary>What the tool tells the shell; part of its interface.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>It didn't work, through no fault of the input.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The input can't be used; the error's code and sentence say why.</summary>
    public const int BadInput = 3;

    /// <summary>Storage or service doesn't answer.</summary>
    public const int Unreachable = 4;

    /// <summary>Stopped by a signal before it was done, as shells count it.</summary>
    public const int Interrupted = 130;
}
