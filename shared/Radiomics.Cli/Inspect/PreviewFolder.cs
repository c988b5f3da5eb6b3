using Radiomics.Cli.Extract.Preview;
using Radiomics.Dicom;

namespace Radiomics.Cli.Inspect;

/// <summary>
/// Writes a picture of each sequence, <c>{sequence}.png</c>: three planes with the outline of the region. Where a center reads other voxels or another region
/// under the same name, its picture is <c>{sequence}-{center}.png</c>.
/// </summary>
internal sealed class PreviewFolder
{
    private readonly Dictionary<(string Name, string Volume, string Roi), string> _drawn = [];
    private readonly string _folder;

    public PreviewFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        _folder = folder;
    }

    /// <summary>Draws a sequence, unless an earlier center reads the same.</summary>
    /// <returns>Name of the picture.</returns>
    public string Draw(string center, SequenceInspection inspected, IngestedSequence sequence)
    {
        var key = (inspected.Name, inspected.VolumeSha256, inspected.RoiSha256);
        if (_drawn.TryGetValue(key, out var known))
        {
            return known;
        }

        var name = _drawn.Keys.Any(other => other.Name == inspected.Name) ? $"{inspected.Name}-{center}.png" : $"{inspected.Name}.png";

        // Drawn whole first, so that what can't be drawn leaves no file.
        using var png = new MemoryStream();
        PreviewPicture.Write(png, sequence.Volume, sequence.Roi);
        File.WriteAllBytes(Path.Combine(_folder, name), png.ToArray());
        return _drawn[key] = name;
    }
}
