using System.Globalization;
using FellowOakDicom;

namespace DicomToolkit.Tests;

internal static class DatasetAssert
{
    /// <summary>The same items with the same bytes.</summary>
    public static void SameContent(DicomDataset expected, DicomDataset actual)
    {
        Assert.Equal(expected, actual);
        Compare(expected, actual, (a, b) => Assert.Equal(a.Buffer.Data, b.Buffer.Data));
    }

    /// <summary>The same items with the same values: a number may have been written otherwise, UN may have been OB.</summary>
    public static void SameValues(DicomDataset expected, DicomDataset actual) => Compare(expected, actual, (a, b) =>
    {
        if (a is DicomDecimalString or DicomIntegerString)
            Assert.Equal(Numbers(a), Numbers(b));
        else if (a.ValueRepresentation.IsString)
            Assert.Equal(a.Get<string>(), b.Get<string>());
        else
            Assert.Equal(a.Buffer.Data, b.Buffer.Data);
    });

    private static void Compare(DicomDataset expected, DicomDataset actual, Action<DicomElement, DicomElement> compare)
    {
        Assert.Equal(expected.Where(i => i.Tag.Element != 0).Select(i => i.Tag), actual.Where(i => i.Tag.Element != 0).Select(i => i.Tag));
        foreach (var item in expected.Where(i => i.Tag.Element != 0))
        {
            var other = actual.GetDicomItem<DicomItem>(item.Tag);
            switch (item)
            {
                case DicomSequence sequence:
                    var nested = Assert.IsType<DicomSequence>(other);
                    Assert.Equal(sequence.Items.Count, nested.Items.Count);
                    for (var i = 0; i < nested.Items.Count; i++)
                        Compare(sequence.Items[i], nested.Items[i], compare);
                    break;
                case DicomElement element:
                    compare(element, Assert.IsAssignableFrom<DicomElement>(other));
                    break;
                case DicomFragmentSequence fragments:
                    var others = Assert.IsAssignableFrom<DicomFragmentSequence>(other);
                    Assert.Equal(fragments.OffsetTable, others.OffsetTable);
                    Assert.Equal(fragments.Select(f => f.Data), others.Select(f => f.Data));
                    break;
            }
        }
    }

    private static decimal[] Numbers(DicomElement element) =>
        [.. element.Get<string[]>().Select(v => decimal.Parse(v, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
