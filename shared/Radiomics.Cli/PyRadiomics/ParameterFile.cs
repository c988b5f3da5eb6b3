using Radiomics.Extraction;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>
/// Reads a PyRadiomics parameter file (YAML, or JSON, which is YAML too) into <see cref="ExtractionSettings"/>. Whatever can't be honoured is an
/// error that names the setting; nothing is passed over in silence.
/// </summary>
internal static class ParameterFile
{
    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidParameters</c>: no parameter file; <c>UnsupportedParameter</c>: a setting that can't be honoured.</exception>
    public static PyRadiomicsParameters Load(string path)
    {
        using var reader = File.OpenText(path);
        return Read(reader);
    }

    /// <summary>Reads parameters.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidParameters</c>: no parameter file; <c>UnsupportedParameter</c>: a setting that can't be honoured.</exception>
    public static PyRadiomicsParameters Read(TextReader yaml)
    {
        var mapping = new ParameterMapping();
        foreach (var section in Sections(yaml))
        {
            switch (section.Name)
            {
                case "setting":
                    mapping.Settings(section);
                    break;
                case "imageType":
                    mapping.ImageTypes(section);
                    break;
                case "featureClass":
                    mapping.FeatureClasses(section);
                    break;
                case "voxelSetting":
                    mapping.VoxelSettings(section);
                    break;
                default:
                    throw section.Invalid("is none of the sections imageType, featureClass, setting and voxelSetting");
            }
        }

        return mapping.Result();
    }

    /// <summary>The sections; the settings first, because image types override them.</summary>
    private static IEnumerable<ParameterNode> Sections(TextReader yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(yaml);
        }
        catch (YamlException e)
        {
            throw new RadiomicsException("InvalidParameters", $"The parameter file isn't YAML at line {e.Start.Line}, column {e.Start.Column}.", e);
        }

        return stream.Documents switch
        {
            [] => [],
            [var document] => new ParameterNode("the document", document.RootNode).Entries().OrderBy(s => s.Name == "setting" ? 0 : 1),
            _ => throw new RadiomicsException("InvalidParameters", "The parameter file has more than one YAML document."),
        };
    }
}
