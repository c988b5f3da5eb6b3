namespace FellowOakDicom;

/// <summary>Compares items by content.</summary>
internal static class DatasetComparison
{
    public static bool AreEqual(DicomItem item, DicomItem? other) => (item, other) switch
    {
        (_, null) => false,
        (DicomElement a, DicomElement b) => a.Tag == b.Tag && a.Equals(b),
        (DicomSequence a, DicomSequence b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => p.First.Equals(p.Second)),
        _ => item.Tag == other.Tag,
    };
}
