namespace Radiomics.Extraction;

/// <summary>
/// Maximal correlation coefficient of a GLCM (Haralick 1973): the root of the second largest eigenvalue of Q(i, j) = Σ_k p(i,k)·p(j,k) / (p_x(i)·p_y(k)).
/// Q has the eigenvalues of A·Aᵀ with A(i, j) = p(i,j) / √(p_x(i)·p_y(j)); the largest is 1, of the vector √p_x. In the space across that one, the largest
/// is found by Lanczos' method, which touches only the cells that aren't empty.
/// </summary>
internal static class MaximalCorrelation
{
    private const int MaxSteps = 200;

    /// <summary>0 … 1; 1 if there is one grey level only, as PyRadiomics has it.</summary>
    /// <param name="matrix">A GLCM with at least one cell.</param>
    /// <param name="levels">Number of its ranks.</param>
    /// <param name="symmetric">Whether only cells with column ≥ row are stored.</param>
    public static double Of(DirectionalMatrix matrix, int levels, bool symmetric)
    {
        if (levels < 2)
        {
            return 1;
        }

        var (operation, first) = Scale(matrix, levels, symmetric);
        var basis = new List<double[]> { first };
        var vector = Start(levels);
        var (diagonal, side) = (new List<double>(), new List<double>());
        double largest = 0;
        for (var step = 0; step < Math.Min(levels - 1, MaxSteps); step++)
        {
            // Twice is enough to make it orthogonal to all before.
            Orthogonalise(vector, basis);
            Orthogonalise(vector, basis);
            var length = Math.Sqrt(Dot(vector, vector));
            if (length < 1e-13)
            {
                break;
            }

            if (step > 0)
            {
                side.Add(length);
            }

            Multiply(vector, 1 / length);
            basis.Add(vector);
            var next = operation.Apply(vector);
            diagonal.Add(Dot(vector, next));
            vector = next;
            if (step % 8 == 7)
            {
                var estimate = LargestEigenvalue(diagonal, side);
                if (estimate - largest <= 1e-15 * estimate)
                {
                    largest = estimate;
                    break;
                }

                largest = estimate;
            }
        }

        return Math.Sqrt(Math.Max(largest, LargestEigenvalue(diagonal, side)));
    }

    private static (ScaledMatrix Operation, double[] First) Scale(DirectionalMatrix matrix, int levels, bool symmetric)
    {
        var (rows, columns) = (new double[levels], new double[levels]);
        double total = 0;
        for (var cell = 0; cell < matrix.Values.Length; cell++)
        {
            var (i, j, value) = (matrix.Rows[cell] - 1, matrix.Columns[cell] - 1, matrix.Values[cell]);
            rows[i] += value;
            columns[j] += value;
            total += value;
            if (symmetric && i != j)
            {
                rows[j] += value;
                columns[i] += value;
                total += value;
            }
        }

        var scaled = new double[matrix.Values.Length];
        for (var cell = 0; cell < scaled.Length; cell++)
        {
            scaled[cell] = matrix.Values[cell] / Math.Sqrt(rows[matrix.Rows[cell] - 1] * columns[matrix.Columns[cell] - 1]);
        }

        return (new(matrix, scaled, levels, symmetric), Array.ConvertAll(rows, p => Math.Sqrt(p / total)));
    }

    /// <summary>A vector that is the same every time and has no reason to be across any other.</summary>
    private static double[] Start(int levels)
    {
        var vector = new double[levels];
        ulong state = 88172645463325252;
        for (var i = 0; i < levels; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            vector[i] = (state >> 11) / (double)(1UL << 53) - 0.5;
        }

        return vector;
    }

    private static void Orthogonalise(double[] vector, List<double[]> basis)
    {
        foreach (var other in basis)
        {
            var share = Dot(vector, other);
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] -= share * other[i];
            }
        }
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);

    private static void Multiply(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    /// <summary>Of a symmetric tridiagonal matrix, by bisection; all eigenvalues lie between 0 and 1.</summary>
    private static double LargestEigenvalue(List<double> diagonal, List<double> side)
    {
        double low = 0, high = 1 + 1e-9;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = IsAboveAll(middle, diagonal, side) ? (low, middle) : (middle, high);
        }

        return low;
    }

    /// <summary>Whether no eigenvalue is larger: all pivots of the matrix less <paramref name="value"/> are negative.</summary>
    private static bool IsAboveAll(double value, List<double> diagonal, List<double> side)
    {
        double pivot = -1;
        for (var i = 0; i < diagonal.Count; i++)
        {
            pivot = diagonal[i] - value - (i == 0 ? 0 : side[i - 1] * side[i - 1] / pivot);
            if (pivot >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>x ↦ A·(Aᵀ·x), from the cells of A.</summary>
    private readonly record struct ScaledMatrix(DirectionalMatrix Cells, double[] Values, int Size, bool Symmetric)
    {
        public double[] Apply(double[] vector) => Times(Times(vector, transposed: true), transposed: false);

        private double[] Times(double[] vector, bool transposed)
        {
            var result = new double[Size];
            for (var cell = 0; cell < Values.Length; cell++)
            {
                var (i, j) = (Cells.Rows[cell] - 1, Cells.Columns[cell] - 1);
                if (Symmetric)
                {
                    result[i] += Values[cell] * vector[j];
                    if (i != j)
                    {
                        result[j] += Values[cell] * vector[i];
                    }
                }
                else if (transposed)
                {
                    result[j] += Values[cell] * vector[i];
                }
                else
                {
                    result[i] += Values[cell] * vector[j];
                }
            }

            return result;
        }
    }
}
