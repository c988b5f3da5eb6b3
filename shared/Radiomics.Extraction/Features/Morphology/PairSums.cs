namespace Radiomics.Extraction;

/// <summary>Sums over ordered pairs of different voxels: of weights w (1/distance), of w·x·x′, and of w·x².</summary>
internal readonly record struct PairSums(double Weights, double Products, double Squares)
{
    /// <summary>Pair by pair.</summary>
    /// <param name="rows">The mask.</param>
    /// <param name="x">Values in its layout.</param>
    /// <param name="spacing">mm.</param>
    public static PairSums Direct(MaskRows rows, double[] x, (double X, double Y, double Z) spacing)
    {
        var positions = new List<Point3>();
        var values = new List<double>();
        for (var row = 0; row < rows.SizeY * rows.SizeZ; row++)
        {
            var (y, z) = (row % rows.SizeY, row / rows.SizeY);
            for (var from = 0; MaskRows.NextRun(rows.Row(y, z), from, out var start, out from);)
            {
                for (var i = start; i < from; i++)
                {
                    positions.Add(new(i * spacing.X, y * spacing.Y, z * spacing.Z));
                    values.Add(x[row * rows.SizeX + i]);
                }
            }
        }

        double weights = 0, products = 0, squares = 0;
        for (var k = 0; k < positions.Count; k++)
        {
            double weight = 0, product = 0, square = 0;
            for (var l = k + 1; l < positions.Count; l++)
            {
                var w = 1 / (positions[k] - positions[l]).Length;
                weight += w;
                product += w * values[l];
                square += w * values[l] * values[l];
            }

            weights += 2 * weight;
            products += 2 * values[k] * product;
            squares += values[k] * values[k] * weight + square;
        }

        return new(weights, products, squares);
    }

    /// <summary>
    /// By Fourier transforms of the box, zero-padded so that no lag wraps round: a sum over all pairs of w(k − l)·a_k·b_l is the sum over all frequencies of
    /// Ŵ·Re(Â·B̂*). Exact up to rounding (about 1e-13), in O(n log n).
    /// </summary>
    public static PairSums Transformed(MaskRows rows, double[] x, (double X, double Y, double Z) spacing, int threads) =>
        new PairTransform(rows, x, spacing, threads).Sum();
}
