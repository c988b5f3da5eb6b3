using System.Globalization;

namespace Radiomics.Cli.Conformance;

/// <summary>A row of the consortium's tables, compared as their values were written: rounded.</summary>
/// <param name="Text">The value as the table has it.</param>
/// <param name="Tolerance">The consortium's tolerance.</param>
/// <param name="Tag">IBSI tag.</param>
internal sealed record ReferenceValue(string Text, double Tolerance, string Tag)
{
    /// <summary>The value itself.</summary>
    public double Value { get; } = Parse(Text);

    /// <summary>Voxel counts and dimensions are whole numbers and must be met exactly.</summary>
    private bool IsCount { get; } = Tag.Contains("_dim_", StringComparison.Ordinal) || Tag.Contains("_vox_count_", StringComparison.Ordinal);

    /// <summary>Reads a table of the IBSI-1 form, <c>value;tolerance;tag</c>; rows without a value have no consensus and are left out.</summary>
    public static IEnumerable<ReferenceValue> ReadTable(string path) => Parse(File.ReadLines(path).Skip(1));

    /// <summary>Parses lines of such a table.</summary>
    public static IEnumerable<ReferenceValue> Parse(IEnumerable<string> lines) => lines
        .Select(line => line.Split(';'))
        .Where(cells => cells.Length == 3 && cells[0].Trim().Length > 0)
        .Select(cells => Of(cells[0].Trim(), cells[1], cells[2].Trim()));

    /// <summary>A value from a table's cells.</summary>
    public static ReferenceValue Of(string value, string tolerance, string tag) => new(value, Parse(tolerance), tag);

    /// <summary>How far <paramref name="computed"/> is from this value, in tolerances: 0 where it is the same, at most 1 where it conforms; infinite where it must be the same and isn't, or has no value.</summary>
    public double DeviationOf(double? computed)
    {
        if (computed is not { } number)
        {
            return double.PositiveInfinity;
        }

        if (IsCount)
        {
            return number == Value ? 0 : double.PositiveInfinity;
        }

        var difference = Math.Abs(Round(number, Math.Max(3, SignificantDigits(Text))) - Value);
        // What the decimal numbers themselves lose in binary.
        var lost = 1e-12 * Math.Abs(Value);
        return difference <= lost ? 0 : difference <= Tolerance + lost ? Math.Min(1, difference / Tolerance) : Tolerance > 0 ? difference / Tolerance : double.PositiveInfinity;
    }

    private static double Round(double value, int digits) => Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture));

    private static int SignificantDigits(string text)
    {
        var mantissa = text.TrimStart('-').Split('E', 'e')[0];
        return mantissa.Contains('.', StringComparison.Ordinal)
            ? mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length
            : mantissa.Trim('0').Length;
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
