using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The center profiles that ship with this tool: the same as the service's of this version.</summary>
internal static class ShippedProfiles
{
    /// <summary>Where they lie, with the rules and settings they name.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The file of a profile that only this tool has (<c>research-ct</c>, <c>research-pet</c>): no study is predicted by it, and the service doesn't know it. Null if there is none.</summary>
    public static string? OfResearch(string name)
    {
        var folder = Path.Combine(Folder, "research");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) : null;
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">One can't be read.</exception>
    public static CenterProfiles Read() => new(Folder);
}
