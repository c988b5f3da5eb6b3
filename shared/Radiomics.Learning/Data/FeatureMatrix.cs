using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Cases × features, stored a column a feature, so that a step over one feature reads one array. A value that is missing is NaN, here and nowhere else.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Takes over the columns; all have <paramref name="cases"/> values.</summary>
    public FeatureMatrix(int cases, IReadOnlyList<string> names, IReadOnlyList<double[]> columns)
    {
        if (names.Count != columns.Count || columns.Any(column => column.Length != cases))
        {
            throw new ArgumentException("Names and columns don't fit together.", nameof(columns));
        }

        Cases = cases;
        Names = names;
        Columns = columns;
    }

    /// <summary>Number of cases.</summary>
    public int Cases { get; }

    /// <summary>Feature names, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The values, a column a feature; NaN where missing.</summary>
    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>The union of the vectors' features, in ordinal order of their tags.</summary>
    public static FeatureMatrix From(IReadOnlyList<FeatureVector> vectors)
    {
        string[] names = [.. vectors.SelectMany(vector => vector.Features.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return From([.. vectors.Select(vector => vector.Features)], names);
    }

    /// <summary>Rows by name; what a row lacks, or has as null, is missing.</summary>
    public static FeatureMatrix From(IReadOnlyList<IReadOnlyDictionary<string, double?>> rows, IReadOnlyList<string> names) => new(
        rows.Count,
        names,
        [.. names.Select(name => rows.Select(row => row.GetValueOrDefault(name) ?? double.NaN).ToArray())]);

    /// <summary>Some of the cases, in the order given.</summary>
    public FeatureMatrix Rows(IReadOnlyList<int> cases) => new(cases.Count, Names, [.. Columns.Select(column => cases.Select(c => column[c]).ToArray())]);
}
