using System.Globalization;

namespace FellowOakDicom;

/// <summary>A value multiplicity of PS3.6: <c>1</c>, <c>1-3</c>, <c>1-n</c>, <c>3-3n</c>.</summary>
public class DicomVM(int minimum, int maximum, int multiplicity)
{
    public int Minimum { get; } = minimum;

    /// <summary><see cref="int.MaxValue"/> for <c>n</c>.</summary>
    public int Maximum { get; } = maximum;

    public int Multiplicity { get; } = multiplicity;

    /// <exception cref="DicomDataException">The text isn't a multiplicity.</exception>
    public static DicomVM Parse(string s)
    {
        var parts = s.Split(["-", " ", "or"], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var minimum))
            throw new DicomDataException($"Error parsing value multiplicity ['{s}']");
        if (parts.Length == 1)
            return new DicomVM(minimum, minimum, minimum);

        var factor = parts[1].TrimEnd('n', 'N');
        var number = 1;
        if (factor.Length > 0 && !int.TryParse(factor, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw new DicomDataException($"Error parsing value multiplicity ['{s}']");
        return factor.Length < parts[1].Length ? new DicomVM(minimum, int.MaxValue, number) : new DicomVM(minimum, number, 1);
    }

    public override string ToString()
    {
        if (Minimum == Maximum)
            return Minimum.ToString(CultureInfo.InvariantCulture);
        if (Maximum != int.MaxValue)
            return $"{Minimum}-{Maximum}";
        return Multiplicity > 1 ? $"{Minimum}-{Multiplicity}n" : $"{Minimum}-n";
    }
}
