using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>The settings of image filters, in <c>setting</c> or with an image type.</summary>
internal sealed class FilterParameters
{
    // Both levels together may be twice as many.
    private const int MaxLevels = 8;

    /// <summary>A filter for each <c>sigma</c>; null without.</summary>
    public IReadOnlyList<FilterSettings>? Sigmas { get; private set; }

    /// <summary>The mother wavelet.</summary>
    public string Wavelet { get; private set; } = "coif1";

    /// <summary>Levels of wavelets, gradients and local binary patterns.</summary>
    public PyRadiomicsFilterSettings Special { get; private set; } = new();

    /// <summary>The same again, for an image type to override.</summary>
    public FilterParameters Copy() => (FilterParameters)MemberwiseClone();

    /// <summary>Takes the setting if it is one of these.</summary>
    public bool Take(ParameterNode entry)
    {
        switch (entry.Name)
        {
            case "sigma":
                Sigmas = [.. entry.Items().Select(Log)];
                if (Sigmas.Count == 0 || Sigmas.DistinctBy(filter => (filter.Sigma, filter.SigmaName)).Count() < Sigmas.Count)
                {
                    throw entry.Invalid("must name at least one width, each once");
                }

                return true;
            case "wavelet":
                Wavelet = WaveletNames.Has(entry.Text()) ? entry.Text() : throw entry.Invalid($"is none of the discrete wavelets {WaveletNames.Families}");
                return true;
            case "level":
                Special = Special with { Levels = Within(entry, 1, MaxLevels) };
                return true;
            case "start_level":
                Special = Special with { StartLevel = Within(entry, 0, MaxLevels) };
                return true;
            case "gradientUseSpacing":
                Special = Special with { GradientPerMillimetre = entry.Boolean() };
                return true;
            case "lbp2DRadius":
                Special = Special with { Lbp2DRadius = Radius(entry) };
                return true;
            case "lbp2DSamples":
                Special = Special with { Lbp2DSamples = Within(entry, 1, 31) };
                return true;
            case "lbp2DMethod":
                Special = Special with { Lbp2DMethod = Method(entry) };
                return true;
            case "lbp3DLevels":
                Special = Special with { Lbp3DLevels = Within(entry, 1, 32) };
                return true;
            case "lbp3DIcosphereRadius":
                Special = Special with { Lbp3DRadius = Radius(entry) };
                return true;
            case "lbp3DIcosphereSubdivision":
                Special = Special with { Lbp3DSubdivision = Within(entry, 0, 5) };
                return true;
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

    /// <summary>The special options as far as a filter has a use for them; null if they are PyRadiomics' own.</summary>
    public PyRadiomicsFilterSettings? SpecialOf(FilterType type)
    {
        var d = new PyRadiomicsFilterSettings();
        var own = type switch
        {
            FilterType.Wavelet => d with { StartLevel = Special.StartLevel, Levels = Special.Levels },
            FilterType.Gradient => d with { GradientPerMillimetre = Special.GradientPerMillimetre },
            FilterType.Lbp2D => d with { Lbp2DRadius = Special.Lbp2DRadius, Lbp2DSamples = Special.Lbp2DSamples, Lbp2DMethod = Special.Lbp2DMethod },
            FilterType.Lbp3D => d with { Lbp3DLevels = Special.Lbp3DLevels, Lbp3DRadius = Special.Lbp3DRadius, Lbp3DSubdivision = Special.Lbp3DSubdivision },
            _ => d,
        };
        return own == d ? null : own;
    }

    private static BinaryPatternMethod Method(ParameterNode entry) => entry.Text() switch
    {
        "default" => BinaryPatternMethod.Default,
        "ror" => BinaryPatternMethod.Ror,
        "uniform" => BinaryPatternMethod.Uniform,
        "var" => BinaryPatternMethod.Var,
        _ => throw entry.Invalid("must be default, ror, uniform or var"),
    };

    private static double Radius(ParameterNode entry) => entry.Number() switch
    {
        <= 0 => throw entry.Invalid("must be above 0"),
        > 1000 => throw entry.Unsupported("it may be at most 1000 voxels"),
        var radius => radius,
    };

    private static int Within(ParameterNode entry, int least, int most)
    {
        var value = entry.Integer();
        return value < least ? throw entry.Invalid($"must be at least {least}")
            : value > most ? throw entry.Unsupported($"it may be at most {most}")
            : value;
    }
}
