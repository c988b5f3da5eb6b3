using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>The settings of image filters, in <c>setting</c> or with an image type.</summary>
internal sealed class FilterParameters
{
    /// <summary>A filter for each <c>sigma</c>; null without.</summary>
    public IReadOnlyList<FilterSettings>? Sigmas { get; private set; }

    /// <summary>The mother wavelet.</summary>
    public string Wavelet { get; private set; } = "coif1";

    /// <summary>The same again, for an image type to override.</summary>
    public FilterParameters Copy() => (FilterParameters)MemberwiseClone();

    /// <summary>Takes the setting if it is one of these.</summary>
    public bool Take(ParameterNode entry)
    {
        switch (entry.Name)
        {
            case "sigma":
                Sigmas = [.. entry.Items().Select(Log)];
                return true;
            case "wavelet":
                Wavelet = entry.Text() switch
                {
                    "haar" or "db1" => "haar",
                    "db2" or "sym2" => "db2",
                    "coif1" => "coif1",
                    "coif2" => "coif2",
                    _ => throw entry.Unsupported("of the wavelets there are haar, db1, db2, sym2, coif1 and coif2"),
                };
                return true;
            case "level":
                Only(entry, 1);
                return true;
            case "start_level":
                Only(entry, 0);
                return true;
            case "gradientUseSpacing":
                if (!entry.Boolean())
                {
                    throw entry.Unsupported("gradients are per millimetre");
                }

                return true;
            case "lbp2DRadius" or "lbp2DSamples" or "lbp2DMethod" or "lbp3DLevels" or "lbp3DIcosphereRadius" or "lbp3DIcosphereSubdivision":
                throw entry.Unsupported("there are no local binary patterns");
            default:
                return false;
        }
    }

    private static FilterSettings Log(ParameterNode sigma) => new()
    {
        Type = FilterType.Log,
        Sigma = sigma.Number() is > 0 and var value ? value : throw sigma.Invalid("must be above 0"),

        // A whole number written as such is named as such: 'sigma: [3]' gives log-sigma-3-mm-3D, 'sigma: [3.0]' log-sigma-3-0-mm-3D.
        SigmaName = sigma.Text().All(char.IsAsciiDigit) ? sigma.Text() : null,
    };

    private static void Only(ParameterNode entry, int value)
    {
        if (entry.Integer() != value)
        {
            throw entry.Unsupported($"it can only be {value}");
        }
    }
}
