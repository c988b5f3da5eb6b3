using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Cli.Conformance;

/// <summary>How a response map differs from the consortium's: a voxel conforms within 1 % of the reference map's range.</summary>
/// <param name="Voxels">How many there are.</param>
/// <param name="Within">How many conform.</param>
/// <param name="Place">Indices of the voxel that differs most.</param>
/// <param name="Tolerances">By how many hundredths of the range it does.</param>
/// <param name="Sentence">The same in words.</param>
internal sealed record MapComparison(int Voxels, int Within, string Place, double Tolerances, string Sentence)
{
    /// <summary>Compares two maps voxel by voxel.</summary>
    /// <exception cref="RadiomicsException"><c>GridMismatch</c>: they don't have the same number of voxels along each axis.</exception>
    public static MapComparison Of(Volume map, Volume reference)
    {
        var (g, r) = (map.Geometry, reference.Geometry);
        if ((g.SizeX, g.SizeY, g.SizeZ) != (r.SizeX, r.SizeY, r.SizeZ))
        {
            throw new RadiomicsException("GridMismatch", "The reference map has another size than the phantom.");
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < reference.Geometry.Count; i++)
        {
            (low, high) = (Math.Min(low, reference[i]), Math.Max(high, reference[i]));
        }

        var tolerance = 0.01 * (high - low);
        var (within, worst, at) = (0, -1.0, 0);
        for (var i = 0; i < map.Geometry.Count; i++)
        {
            var difference = Math.Abs(map[i] - reference[i]);
            within += difference <= tolerance ? 1 : 0;
            if (difference > worst)
            {
                (worst, at) = (difference, i);
            }
        }

        var place = $"({at % g.SizeX}, {at / g.SizeX % g.SizeY}, {at / g.SizeX / g.SizeY})";
        return new(
            map.Geometry.Count,
            within,
            place,
            worst / tolerance,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Voxel {place} is {map[at]:G6} instead of {reference[at]:G6}, which is {worst / (high - low):P2} of the range; {map.Geometry.Count - within} voxels differ by more than 1 %."));
    }
}
