using Radiomics.Extraction;

namespace Radiomics.Cli.Conformance;

/// <summary>A folder with the consortium's phantoms and reference values.</summary>
internal sealed class ConformanceData(string folder)
{
    /// <summary>The first of <paramref name="paths"/> that isn't there, as a sentence; null if all are.</summary>
    public string? Missing(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (!File.Exists(At(path)))
            {
                return $"{At(path)} is not there.";
            }
        }

        return null;
    }

    /// <summary>A file's path.</summary>
    public string At(string path) => Path.Combine(folder, path);

    /// <summary>A table's lines; null if it isn't there.</summary>
    public string[]? Lines(string path) => File.Exists(At(path)) ? File.ReadAllLines(At(path)) : null;

    /// <summary>Reads an image.</summary>
    public Volume Image(string path)
    {
        using var file = File.OpenRead(At(path));
        return NiftiFile.ReadVolume(file);
    }

    /// <summary>Reads a mask.</summary>
    public Mask Mask(string path)
    {
        using var file = File.OpenRead(At(path));
        return NiftiFile.ReadMask(file);
    }
}
