using System.Globalization;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Items of a structured report's content tree (PS3.3 C.17.3).</summary>
internal static class ContentItem
{
    public const string Contains = "CONTAINS";
    public const string HasConceptModifier = "HAS CONCEPT MOD";
    public const string HasObservationContext = "HAS OBS CONTEXT";

    private static readonly CodedEntry _noUnits = new("1", "UCUM", "no units");

    /// <summary>A heading with items below it, built by a template of PS3.16.</summary>
    public static DicomDataset Container(string relationship, CodedEntry name, string? template, IEnumerable<DicomDataset> children) =>
        Item(relationship, "CONTAINER", name, [.. ContainerItems(template, children)]);

    /// <summary>What a container has besides its name, also the document's root.</summary>
    public static IEnumerable<DicomItem> ContainerItems(string? template, IEnumerable<DicomDataset> children)
    {
        yield return new DicomCodeString(DicomTag.ContinuityOfContent, "SEPARATE");
        if (template is not null)
        {
            yield return new DicomSequence(DicomTag.ContentTemplateSequence, new DicomDataset
            {
                { DicomTag.MappingResource, "DCMR" },
                { DicomTag.TemplateIdentifier, template },
            });
        }

        yield return new DicomSequence(DicomTag.ContentSequence, [.. children]);
    }

    /// <summary>A coded answer.</summary>
    public static DicomDataset Code(string relationship, CodedEntry name, CodedEntry value) =>
        Item(relationship, "CODE", name, value.ToSequence(DicomTag.ConceptCodeSequence));

    /// <summary>Words.</summary>
    public static DicomDataset Text(string relationship, CodedEntry name, string value) =>
        Item(relationship, "TEXT", name, new DicomUnlimitedText(DicomTag.TextValue, value));

    /// <summary>A UID.</summary>
    public static DicomDataset Uid(string relationship, CodedEntry name, string value) =>
        Item(relationship, "UIDREF", name, new DicomUniqueIdentifier(DicomTag.UID, value));

    /// <summary>A number in a unit; without a value, the reason as a qualifier (PS3.3 C.18.1).</summary>
    public static DicomDataset Number(CodedEntry name, double? value, string unit, params DicomDataset[] modifiers)
    {
        List<DicomItem> items = [];
        if (value is { } number)
        {
            items.Add(new DicomSequence(DicomTag.MeasuredValueSequence, new DicomDataset
            {
                new DicomDecimalString(DicomTag.NumericValue, Decimal(number)),
                new DicomFloatingPointDouble(DicomTag.FloatingPointValue, number),
                (unit == _noUnits.Value ? _noUnits : new CodedEntry(unit, "UCUM", unit)).ToSequence(DicomTag.MeasurementUnitsCodeSequence),
            }));
        }
        else
        {
            items.Add(new DicomSequence(DicomTag.MeasuredValueSequence));
            items.Add(new CodedEntry("114008", "DCM", "Calculation failure").ToSequence(DicomTag.NumericValueQualifierCodeSequence));
        }

        if (modifiers.Length > 0)
        {
            items.Add(new DicomSequence(DicomTag.ContentSequence, modifiers));
        }

        return Item(Contains, "NUM", name, [.. items]);
    }

    /// <summary>A reference to an image, or to a segment of a SEG.</summary>
    public static DicomDataset Image(CodedEntry name, SopReference image, int? segment = null)
    {
        var reference = Reference(image);
        if (segment is { } number)
        {
            reference.Add(DicomTag.ReferencedSegmentNumber, (ushort)number);
        }

        return Item(Contains, "IMAGE", name, new DicomSequence(DicomTag.ReferencedSOPSequence, reference));
    }

    /// <summary>A reference to an object that is no image.</summary>
    public static DicomDataset Composite(CodedEntry name, SopReference value) =>
        Item(Contains, "COMPOSITE", name, new DicomSequence(DicomTag.ReferencedSOPSequence, Reference(value)));

    /// <summary>The two attributes that name an instance (PS3.3 10.8), as the instance has them: also where its UIDs break a rule.</summary>
    public static DicomDataset Reference(SopReference instance) => Unchecked(
        new DicomUniqueIdentifier(DicomTag.ReferencedSOPClassUID, instance.SopClassUid),
        new DicomUniqueIdentifier(DicomTag.ReferencedSOPInstanceUID, instance.SopInstanceUid));

    /// <summary>A dataset that takes originals' values as they came.</summary>
    public static DicomDataset Unchecked(params DicomItem[] items) => new DicomDataset().NotValidated().Add(items);

    private static DicomDataset Item(string relationship, string type, CodedEntry name, params DicomItem[] items) => Unchecked(
    [
        new DicomCodeString(DicomTag.RelationshipType, relationship),
        new DicomCodeString(DicomTag.ValueType, type),
        name.ToSequence(DicomTag.ConceptNameCodeSequence),
        .. items,
    ]);

    /// <summary>At most 16 characters, as a DS allows; FloatingPointValue beside it has the rest.</summary>
    private static string Decimal(double value)
    {
        const int longest = 16;
        for (var digits = 15; digits > 0; digits--)
        {
            var text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
            if (text.Length <= longest)
            {
                return text;
            }
        }

        return value.ToString("G1", CultureInfo.InvariantCulture);
    }
}
