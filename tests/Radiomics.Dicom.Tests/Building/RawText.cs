using System.Text;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>Values that break the rules of their VR, as files have them and writers refuse to write them.</summary>
public static class RawText
{
    public static DicomElement Decimal(DicomTag tag, string text) => new RawDecimal(tag, text);

    public static DicomElement Integer(DicomTag tag, string text) => new RawInteger(tag, text);

    public static DicomElement Date(DicomTag tag, string text) => new RawDate(tag, text);

    public static DicomElement Time(DicomTag tag, string text) => new RawTime(tag, text);

    public static DicomElement Shorts(DicomTag tag, params ushort[] values) => new RawShorts(tag, values);

    private static MemoryByteBuffer Buffer(string text) => new(Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + " "));

    private sealed class RawDecimal(DicomTag tag, string text) : DicomDecimalString(tag, Buffer(text))
    {
        public override void Validate()
        {
        }
    }

    private sealed class RawInteger(DicomTag tag, string text) : DicomIntegerString(tag, Buffer(text))
    {
        public override void Validate()
        {
        }
    }

    private sealed class RawShorts(DicomTag tag, ushort[] values) : DicomUnsignedShort(tag, values)
    {
        public override void Validate()
        {
        }
    }

    private sealed class RawTime(DicomTag tag, string text) : DicomTime(tag, Buffer(text))
    {
        public override void Validate()
        {
        }
    }

    private sealed class RawDate(DicomTag tag, string text) : DicomDate(tag, Buffer(text))
    {
        public override void Validate()
        {
        }
    }
}
