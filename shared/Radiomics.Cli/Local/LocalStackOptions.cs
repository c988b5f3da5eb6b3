namespace Radiomics.Cli.Local;

/// <summary>How a <see cref="LocalStack"/> is started.</summary>
public sealed record LocalStackOptions
{
    /// <summary>Host and functions app.</summary>
    public required ServiceFiles Service { get; init; }

    /// <summary>Folder of installed tools.</summary>
    public string Tools { get; init; } = RepositoryFolders.Tools;

    /// <summary>Port of the service; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the storage emulator's folder and the service's log are kept afterwards.</summary>
    public bool Keep { get; init; }
}
