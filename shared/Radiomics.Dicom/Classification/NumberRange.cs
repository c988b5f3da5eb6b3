namespace Radiomics.Dicom;

/// <summary>A closed interval; an absent end is open.</summary>
public sealed record NumberRange
{
    /// <summary>Lower end, inclusive.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end, inclusive.</summary>
    public double? Max { get; init; }

    /// <summary>Whether an unknown value counts as inside.</summary>
    public bool OrUnknown { get; init; }

    /// <summary>Whether <paramref name="value"/> lies inside.</summary>
    public bool Contains(double? value) => value is { } number ? !(number < Min) && !(number > Max) : OrUnknown;
}
