namespace Radiomics.Cli.Local;

/// <summary>How a <see cref="LocalStack"/> is started.</summary>
public sealed record LocalStackOptions
{
    /// <summary>The functions app's assembly.</summary>
    public required string FunctionsApp { get; init; }

    /// <summary>Folder of installed tools.</summary>
    public string Tools { get; init; } = RepositoryFolders.Tools;

    /// <summary>Port of the functions app; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the storage emulator's folder and the app's log are kept afterwards.</summary>
    public bool Keep { get; init; }
}
