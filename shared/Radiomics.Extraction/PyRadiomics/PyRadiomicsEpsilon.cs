namespace Radiomics.Extraction;

/// <summary>What PyRadiomics adds to a probability before it takes the logarithm: the distance from 1 to the next number.</summary>
internal static class PyRadiomicsEpsilon
{
    /// <summary>2⁻⁵².</summary>
    public const double Value = 2.220446049250313e-16;

    /// <summary>What that takes from an entropy for each cell, however large its share: 2⁻⁵² / ln 2.</summary>
    public const double PerCell = Value * 1.4426950408889634;

    /// <summary>The same in words.</summary>
    public const string Text = "Of p + 2.2·10⁻¹⁶ in the logarithm.";
}
