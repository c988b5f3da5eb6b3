using System.Text;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// What vendors say of an MR image only in elements of their own. Read from the bytes: libraries know few of them, and none in implicit VR.
/// </summary>
internal sealed record PrivateAttributes
{
    // No number takes as much; what does isn't read.
    private const int LargestValue = 1 << 16;

    // GE marks b-values of a table of several directions by adding this.
    private const double GeTableOffset = 1e9;

    /// <summary>Diffusion b-value, s/mm².</summary>
    public double? BValue { get; private init; }

    /// <summary>GE's kind of image: <c>PHASE</c>, <c>REAL</c> or <c>IMAGINARY</c>; null for magnitude and others.</summary>
    public string? ComplexComponent { get; private init; }

    /// <summary>Slices in one image: Siemens' NumberOfImagesInMosaic, United Imaging's frames.</summary>
    public int PackedSlices { get; private init; }

    /// <summary>Reads a dataset's top.</summary>
    public static PrivateAttributes Of(DicomDataset dataset)
    {
        var found = new PrivateAttributes();
        foreach (var item in dataset)
        {
            if (item.Tag.Group > 0x2001)
            {
                break;
            }

            if (item.Tag.IsPrivate && item.Tag.Element > 0xFF && item.Tag.PrivateCreator?.Creator is { } creator)
            {
                found = (creator, item.Tag.Group, (byte)item.Tag.Element) switch
                {
                    ("SIEMENS MR HEADER", 0x0019, 0x0C) => found with { BValue = Number(item) },
                    ("SIEMENS MR HEADER", 0x0019, 0x0A) => found with { PackedSlices = (int)(Number(item) ?? 0) },
                    ("GEMS_PARM_01", 0x0043, 0x39) => found with { BValue = Number(item) % GeTableOffset },
                    ("GEMS_PARM_01", 0x0043, 0x2F) => found with { ComplexComponent = Number(item) switch { 1 => "PHASE", 2 => "REAL", 3 => "IMAGINARY", _ => null } },
                    ("Image Private Header", 0x0065, 0x09) => found with { BValue = Number(item) },
                    ("Image Private Header", 0x0065, 0x50) => found with { PackedSlices = Math.Max(found.PackedSlices, (int)(Number(item) ?? 0)) },
                    ("Image Private Header", 0x0065, 0x51) => found with { PackedSlices = Math.Max(found.PackedSlices, (item as DicomSequence)?.Items.Count ?? 2) },
                    ("Philips Imaging DD 001", 0x2001, 0x03) => found with { BValue = Number(item) },
                    _ => found,
                };
            }
        }

        return found;
    }

    /// <summary>The first number of an element, whatever VR it was read with; null if it is none between 0 and 2³¹.</summary>
    private static double? Number(DicomItem item)
    {
        if (item is not DicomElement { Buffer: { Size: < LargestValue, Data: var bytes } })
        {
            return null;
        }

        double? value = item.ValueRepresentation.Code switch
        {
            "US" or "SS" when bytes.Length >= 2 => BitConverter.ToInt16(bytes),
            "UL" or "SL" when bytes.Length >= 4 => BitConverter.ToInt32(bytes),
            "FL" when bytes.Length >= 4 => BitConverter.ToSingle(bytes),
            "FD" when bytes.Length >= 8 => BitConverter.ToDouble(bytes),
            _ => NumberText.Decimal(Encoding.ASCII.GetString(bytes).Split('\\')[0]) ?? Binary(bytes),
        };
        return value is >= 0 and <= int.MaxValue ? value : null;
    }

    private static double? Binary(byte[] bytes) => bytes.Length switch
    {
        2 => BitConverter.ToInt16(bytes),
        4 => BitConverter.ToSingle(bytes),
        8 => BitConverter.ToDouble(bytes),
        _ => null,
    };
}
