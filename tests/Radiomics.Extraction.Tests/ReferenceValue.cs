using System.Globalization;

namespace Radiomics.Extraction.Tests;

/// <summary>A row of the consortium's tables, compared as their values were written: rounded.</summary>
/// <param name="Text">The value as the table has it.</param>
/// <param name="Tolerance">The consortium's tolerance.</param>
/// <param name="Tag">IBSI tag.</param>
public sealed record ReferenceValue(string Text, double Tolerance, string Tag)
{
    private double Value { get; } = Parse(Text);

    /// <summary>Voxel counts and dimensions are whole numbers and must be met exactly.</summary>
    private bool IsCount { get; } = Tag.Contains("_dim_", StringComparison.Ordinal) || Tag.Contains("_vox_count_", StringComparison.Ordinal);

    /// <summary>Reads a table; rows without a value have no consensus and are left out.</summary>
    public static IEnumerable<ReferenceValue> ReadTable(string path) => Parse(File.ReadLines(path).Skip(1));

    /// <summary>Parses lines of a table.</summary>
    public static IEnumerable<ReferenceValue> Parse(IEnumerable<string> lines) => lines
        .Select(line => line.Split(';'))
        .Where(cells => cells.Length == 3 && cells[0].Length > 0)
        .Select(cells => new ReferenceValue(cells[0], Parse(cells[1]), cells[2]));

    /// <summary>Fails if <paramref name="computed"/> isn't this value.</summary>
    public void AssertMatches(double? computed)
    {
        Assert.NotNull(computed);
        if (IsCount)
        {
            Assert.Equal(Value, computed.Value);
            return;
        }

        var rounded = Round(computed.Value, Math.Max(3, SignificantDigits(Text)));
        // What the decimal numbers themselves lose in binary.
        var allowed = Tolerance + 1e-12 * Math.Abs(Value);
        Assert.True(
            Math.Abs(rounded - Value) <= allowed,
            string.Create(CultureInfo.InvariantCulture, $"{Tag}: computed {computed.Value:R}, rounded {rounded:R}, reference {Text} ± {Tolerance}"));
    }

    private static double Round(double value, int digits) => Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture));

    private static int SignificantDigits(string text)
    {
        var mantissa = text.TrimStart('-').Split('E')[0];
        return mantissa.Contains('.', StringComparison.Ordinal)
            ? mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length
            : mantissa.Trim('0').Length;
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
