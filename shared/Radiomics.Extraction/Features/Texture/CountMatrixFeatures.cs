namespace Radiomics.Extraction;

/// <summary>
/// The features that GLSZM, GLDZM and NGLDM have in common (IBSI manual 3.8, 3.9, 3.11): the same formulas over counts s_ij of grey level i and
/// size, distance or dependence j.
/// </summary>
internal static class CountMatrixFeatures
{
    private const int Count = 17;

    /// <summary>Adds the features in every mode that the settings ask for.</summary>
    /// <param name="family">Beginning of the tags, e.g. <c>szm_</c>.</param>
    /// <param name="names">Tags' middles in the order of <see cref="Of"/>.</param>
    /// <param name="settings">Which modes.</param>
    /// <param name="find">Finds what is counted: by slice or in the volume.</param>
    /// <param name="features">Where the features go.</param>
    public static void Add(string family, ReadOnlySpan<string> names, TextureSettings settings, Func<bool, CountedItems> find, FeatureSink features)
    {
        var modes = TextureModes.Of(settings);
        if (modes.Slices || modes.MergedSlices)
        {
            var items = find(true);
            if (modes.Slices)
            {
                Add(family, names, TextureModes.SlicesEnding, MeanOverParts(items), features);
            }

            if (modes.MergedSlices)
            {
                Add(family, names, TextureModes.MergedSlicesEnding, Of(items.Matrix()), features);
            }
        }

        if (modes.Volume)
        {
            Add(family, names, TextureModes.VolumeEnding, Of(find(false).Matrix()), features);
        }
    }

    /// <summary>
    /// Emphasis of small and large j, low and high i, then small j with low and high i, large j with low and high i; non-uniformity of i and j, each
    /// followed by the normalised one; items per voxel; variance of i and of j; entropy; energy.
    /// </summary>
    public static double[] Of(CountMatrix matrix)
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

        return
        [
            smallSum / total, largeSum / total, lowSum / total, highSum / total,
            smallLow / total, smallHigh / total, largeLow / total, largeHigh / total,
            rowSquares / total, rowSquares / (total * total), columnSquares / total, columnSquares / (total * total),
            total / matrix.VoxelCount,
            Variance(matrix.Levels, rowTotals, levelMean / total, total), Variance(matrix.Columns, columnTotals, columnMean / total, total),
            entropy, squares,
        ];
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

    private static double[] MeanOverParts(CountedItems items)
    {
        var means = new double[Count];
        for (var part = 0; part < items.Parts; part++)
        {
            var values = Of(items.Matrix(part));
            for (var i = 0; i < Count; i++)
            {
                means[i] += values[i];
            }
        }

        for (var i = 0; i < Count; i++)
        {
            means[i] /= items.Parts;
        }

        return means;
    }

    private static void Add(string family, ReadOnlySpan<string> names, string ending, double[] values, FeatureSink features)
    {
        for (var i = 0; i < names.Length; i++)
        {
            features.Add(family + names[i] + ending, values[i]);
        }
    }
}
