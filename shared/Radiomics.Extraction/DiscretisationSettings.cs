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

    internal void Validate()
    {
        ExtractionSettings.Require(
            Method == DiscretisationMethod.FixedBinNumber ? Bins is >= 2 and <= 65536 : Bins is null,
            "'discretisation.bins' must be 2 to 65536 with 'fixedBinNumber', and absent otherwise.");
        ExtractionSettings.Require(
            Method == DiscretisationMethod.FixedBinSize ? BinSize is { } w && double.IsFinite(w) && w > 0 : BinSize is null,
            "'discretisation.binSize' must be positive with 'fixedBinSize', and absent otherwise.");
    }
}

/// <summary>Discretisation algorithm.</summary>
public enum DiscretisationMethod
{
    /// <summary>The intensities are grey levels already: integers from 1 on.</summary>
    None,

    /// <summary>So many levels between the lowest and the highest intensity of the ROI.</summary>
    FixedBinNumber,

    /// <summary>Levels of one width, the first at the lower re-segmentation limit or, without one, at the ROI's lowest intensity.</summary>
    FixedBinSize,
}
