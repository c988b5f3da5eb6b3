namespace FellowOakDicom;

/// <summary>All from a minimum to a maximum, both included.</summary>
public class DicomRange<T>
    where T : IComparable<T>
{
    public DicomRange(T min, T max)
    {
        Minimum = min;
        Maximum = max;
    }

    public T Minimum { get; set; }

    public T Maximum { get; set; }
}
