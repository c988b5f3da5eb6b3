using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>How intensities become grey levels 1, 2, … (IBSI manual 2.7).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DiscretisationSettings
{
    /// <summary>How.</summary>
    public DiscretisationMethod Method { get; init; }

    /// <summary>Number of grey levels; only with a fixed bin number.</summary>
    public int? Bins { get; init; }

    /// <summary>Width of a grey level in the image's intensity unit; only with a fixed bin size.</summary>
    public double? BinSize { get; init; }

    /// <summary>Where the first level of a fixed bin size begins.</summary>
    public BinOrigin Origin { get; init; }

    internal void Validate(string name, int fewestBins = 2)
    {
        ExtractionSettings.Require(
            Method == DiscretisationMethod.FixedBinNumber ? Bins >= fewestBins && Bins <= 65535 : Bins is null,
            $"'{name}.bins' must be {fewestBins} to 65535 with 'fixedBinNumber', and absent otherwise.");
        ExtractionSettings.Require(
            Method == DiscretisationMethod.FixedBinSize ? BinSize is { } w && double.IsFinite(w) && w > 0 : BinSize is null,
            $"'{name}.binSize' must be positive with 'fixedBinSize', and absent otherwise.");
        ExtractionSettings.Require(
            Method == DiscretisationMethod.FixedBinSize || Origin == BinOrigin.ReSegmentation, $"'{name}.origin' goes with 'fixedBinSize'.");
    }
}

/// <summary>Discretisation algorithm.</summary>
public enum DiscretisationMethod
{
    /// <summary>The intensities are grey levels already: integers from 1 on.</summary>
    None,

    /// <summary>So many levels between the lowest and the highest intensity of the ROI.</summary>
    FixedBinNumber,

    /// <summary>Levels of one width.</summary>
    FixedBinSize,
}

/// <summary>Where the first grey level of a fixed bin size begins.</summary>
public enum BinOrigin
{
    /// <summary>At the lower re-segmentation limit or, without one, at the ROI's lowest intensity (IBSI).</summary>
    ReSegmentation,

    /// <summary>At the ROI's lowest intensity.</summary>
    Minimum,

    /// <summary>At the multiple of the bin size at or below the ROI's lowest intensity, as in PyRadiomics.</summary>
    Zero,
}
