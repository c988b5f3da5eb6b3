namespace Radiomics.Extraction;

/// <summary>
/// The sums over a count matrix that the features of GLSZM, GLDZM and NGLDM are made of, from one pass over its entries; s_ij counts grey level i with
/// size, distance or dependence j.
/// </summary>
internal sealed class CountMatrixSums
{
    /// <summary>N_s, the sum of all s_ij.</summary>
    public double Total { get; private init; }

    /// <summary>N_v.</summary>
    public int VoxelCount { get; private init; }

    /// <summary>Σ s_ij / j².</summary>
    public double Small { get; private init; }

    /// <summary>Σ s_ij · j².</summary>
    public double Large { get; private init; }

    /// <summary>Σ s_ij / i².</summary>
    public double Low { get; private init; }

    /// <summary>Σ s_ij · i².</summary>
    public double High { get; private init; }

    /// <summary>Σ s_ij / (i² j²).</summary>
    public double SmallLow { get; private init; }

    /// <summary>Σ s_ij · i² / j².</summary>
    public double SmallHigh { get; private init; }

    /// <summary>Σ s_ij · j² / i².</summary>
    public double LargeLow { get; private init; }

    /// <summary>Σ s_ij · i² · j².</summary>
    public double LargeHigh { get; private init; }

    /// <summary>Σ_i (Σ_j s_ij)².</summary>
    public double RowSquares { get; private init; }

    /// <summary>Σ_j (Σ_i s_ij)².</summary>
    public double ColumnSquares { get; private init; }

    /// <summary>Variance of i.</summary>
    public double RowVariance { get; private init; }

    /// <summary>Variance of j.</summary>
    public double ColumnVariance { get; private init; }

    /// <summary>−Σ p·log₂ p with p = s_ij / N_s.</summary>
    public double Entropy { get; private init; }

    /// <summary>Σ p².</summary>
    public double Squares { get; private init; }

    /// <summary>Of a matrix.</summary>
    public static CountMatrixSums Of(CountMatrix matrix)
    {
        double smallSum = 0, largeSum = 0, lowSum = 0, highSum = 0, smallLow = 0, smallHigh = 0, largeLow = 0, largeHigh = 0;
        double rowSquares = 0, columnSquares = 0, squares = 0, entropy = 0, levelMean = 0, columnMean = 0;
        double total = matrix.Total;
        var columnTotals = new long[matrix.Columns.Length];
        var rowTotals = new long[matrix.Levels.Length];
        for (var row = 0; row < matrix.Levels.Length; row++)
        {
            double level2 = (double)matrix.Levels[row] * matrix.Levels[row];
            long rowTotal = 0;
            double small = 0, large = 0;
            for (var entry = matrix.RowStarts[row]; entry < matrix.RowStarts[row + 1]; entry++)
            {
                var count = matrix.EntryCounts[entry];
                var index = matrix.EntryColumns[entry];
                double column2 = (double)matrix.Columns[index] * matrix.Columns[index];
                rowTotal += count;
                columnTotals[index] += count;
                small += count / column2;
                large += count * column2;
                var p = count / total;
                squares += p * p;
                entropy -= p * Math.Log2(p);
            }

            rowTotals[row] = rowTotal;
            rowSquares += (double)rowTotal * rowTotal;
            levelMean += (double)rowTotal * matrix.Levels[row];
            (smallSum, largeSum) = (smallSum + small, largeSum + large);
            (lowSum, highSum) = (lowSum + rowTotal / level2, highSum + rowTotal * level2);
            (smallLow, smallHigh) = (smallLow + small / level2, smallHigh + small * level2);
            (largeLow, largeHigh) = (largeLow + large / level2, largeHigh + large * level2);
        }

        for (var column = 0; column < columnTotals.Length; column++)
        {
            columnSquares += (double)columnTotals[column] * columnTotals[column];
            columnMean += (double)columnTotals[column] * matrix.Columns[column];
        }

        return new()
        {
            Total = total,
            VoxelCount = matrix.VoxelCount,
            Small = smallSum,
            Large = largeSum,
            Low = lowSum,
            High = highSum,
            SmallLow = smallLow,
            SmallHigh = smallHigh,
            LargeLow = largeLow,
            LargeHigh = largeHigh,
            RowSquares = rowSquares,
            ColumnSquares = columnSquares,
            RowVariance = Variance(matrix.Levels, rowTotals, levelMean / total, total),
            ColumnVariance = Variance(matrix.Columns, columnTotals, columnMean / total, total),
            Entropy = entropy,
            Squares = squares,
        };
    }

    private static double Variance(int[] values, long[] counts, double mean, double total)
    {
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var difference = values[i] - mean;
            sum += counts[i] * difference * difference;
        }

        return sum / total;
    }
}
