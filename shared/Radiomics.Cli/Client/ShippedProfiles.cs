using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The center profiles that ship with this tool: the same as the service's of this version.</summary>
internal static class ShippedProfiles
{
    /// <summary>Where they lie, with the rules and settings they name.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">One can't be read.</exception>
    public static CenterProfiles Read() => new(Folder);
}
