namespace FellowOakDicom;

/// <summary>What is often done with a dataset.</summary>
public static class DicomDatasetExtensions
{
    /// <summary>A copy in the same transfer syntax; nested datasets are copied, elements are shared.</summary>
    public static DicomDataset Clone(this DicomDataset dataset) =>
        new(dataset, validate: false) { InternalTransferSyntax = dataset.InternalTransferSyntax };

    /// <summary>Date and time of two elements together, in whole seconds; what is missing is the least <see cref="DateTime"/>'s.</summary>
    public static DateTime GetDateTime(this DicomDataset dataset, DicomTag date, DicomTag time)
    {
        dataset.TryGetValue<DateTime>(date, 0, out var day);
        dataset.TryGetValue<DateTime>(time, 0, out var clock);
        return new DateTime(day.Year, day.Month, day.Day, clock.Hour, clock.Minute, clock.Second);
    }

    /// <summary>The items of a group but for its length.</summary>
    public static IEnumerable<DicomItem> EnumerateGroup(this DicomDataset dataset, ushort group) =>
        dataset.Where(i => i.Tag.Group == group && i.Tag.Element != 0);

    /// <summary>Turns validation of added items off.</summary>
    public static DicomDataset NotValidated(this DicomDataset dataset)
    {
        dataset.ValidateItems = false;
        return dataset;
    }

    /// <summary>Turns validation of added items on.</summary>
    public static DicomDataset Validated(this DicomDataset dataset)
    {
        dataset.ValidateItems = true;
        return dataset;
    }
}
