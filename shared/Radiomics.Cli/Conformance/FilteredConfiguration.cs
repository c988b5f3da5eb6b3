namespace Radiomics.Cli.Conformance;

/// <summary>A configuration of IBSI-2 phase 2; its filters stand in the settings <c>ibsi2-a</c> and <c>ibsi2-b</c> in this order, after the image itself.</summary>
/// <param name="Number">As IBSI counts them.</param>
/// <param name="Filter">In words; slices and volume may differ.</param>
internal sealed record FilteredConfiguration(int Number, string Filter)
{
    /// <summary>All nine.</summary>
    public static IReadOnlyList<FilteredConfiguration> All { get; } =
    [
        new(1, "no filter"),
        new(2, "mean"),
        new(3, "LoG"),
        new(4, "Laws, energy"),
        new(5, "Gabor"),
        new(6, "db3, level 1"),
        new(7, "db3, level 2"),
        new(8, "Simoncelli, level 1"),
        new(9, "Simoncelli, level 2"),
    ];

    /// <summary>As in the consortium's table: <c>5.A</c>.</summary>
    public string Id(string approach) => $"{Number}.{approach}";

    /// <summary>For people.</summary>
    public string Title(string approach) => $"{Id(approach)} {Filter}";
}
