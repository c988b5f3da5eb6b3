namespace FellowOakDicom;

/// <summary>The identification code that reserves a block of private attributes (PS3.5 section 7.8.1).</summary>
public sealed class DicomPrivateCreator(string creator) : IEquatable<DicomPrivateCreator>, IComparable<DicomPrivateCreator>, IComparable
{
    public string Creator { get; } = creator;

    public int CompareTo(DicomPrivateCreator? other) => string.CompareOrdinal(Creator, other?.Creator);

    public int CompareTo(object? obj) => obj is DicomPrivateCreator other
        ? CompareTo(other)
        : throw new ArgumentException("Only comparison with private creators is supported.", nameof(obj));

    public override bool Equals(object? obj) => obj is DicomPrivateCreator other && Equals(other);

    public bool Equals(DicomPrivateCreator? other) => other is not null && Creator == other.Creator;

    public override int GetHashCode() => Creator.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Creator;
}
