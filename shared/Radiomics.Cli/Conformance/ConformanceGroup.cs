namespace Radiomics.Cli.Conformance;

/// <summary>What came of one group of reference values: a configuration of a phantom, or a response map.</summary>
/// <param name="Part">Whose values: <c>IBSI-1</c>, <c>IBSI-2 phase 1</c>, <c>IBSI-2 phase 2</c>.</param>
/// <param name="Name">Which configuration or test.</param>
/// <param name="Compared">How many values, or voxels of a response map.</param>
/// <param name="Within">How many of them lie within their tolerance.</param>
/// <param name="Worst">The one farthest from its reference, in tolerances; null where nothing was compared.</param>
/// <param name="Outside">What doesn't conform, a sentence each; of voxels only the worst.</param>
/// <param name="Missing">The data that it needs and that isn't there; null if it is.</param>
internal sealed record ConformanceGroup(
    string Part, string Name, int Compared, int Within, ConformanceDeviation? Worst, IReadOnlyList<string> Outside, string? Missing = null)
{
    /// <summary>Whether every value conforms; of a group without data that isn't known.</summary>
    public bool Conforms => Within == Compared;

    /// <summary>A group whose data isn't there.</summary>
    public static ConformanceGroup Without(string part, string name, string missing) => new(part, name, 0, 0, null, [], missing);
}

/// <summary>How far a value is from its reference.</summary>
/// <param name="Of">Tag of the feature, or place of the voxel.</param>
/// <param name="Tolerances">Distance in tolerances, at most 1 where it conforms; null where it must be the same and isn't, or has no value.</param>
internal sealed record ConformanceDeviation(string Of, double? Tolerances);
