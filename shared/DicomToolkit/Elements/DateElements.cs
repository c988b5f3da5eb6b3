using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of dates (DA).</summary>
public class DicomDate : DicomDateElement
{
    private static readonly string[] s_formats =
    [
        "yyyyMMdd", "yyyy.MM.dd", "yyyy/MM/dd", "yyyy", "yyyyMM", "yyyy.MM",
    ];

    public DicomDate(DicomTag tag, params DateTime[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomDate(DicomTag tag, DicomDateRange range)
        : base(tag, s_formats, range)
    {
    }

    public DicomDate(DicomTag tag, params string[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomDate(DicomTag tag, IByteBuffer data)
        : base(tag, s_formats, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.DA;
}

/// <summary>An element of times of day (TM).</summary>
public class DicomTime : DicomDateElement
{
    private static readonly string[] s_formats =
    [
        "HHmmss", "HH", "HHmm", "HHmmssf", "HHmmssff", "HHmmssfff", "HHmmssffff", "HHmmssfffff", "HHmmssffffff", "HHmmss.f",
        "HHmmss.ff", "HHmmss.fff", "HHmmss.ffff", "HHmmss.fffff", "HHmmss.ffffff", "HH.mm", "HH.mm.ss", "HH.mm.ss.f",
        "HH.mm.ss.ff", "HH.mm.ss.fff", "HH.mm.ss.ffff", "HH.mm.ss.fffff", "HH.mm.ss.ffffff", "HH:mm", "HH:mm:ss", "HH:mm:ss:f",
        "HH:mm:ss:ff", "HH:mm:ss:fff", "HH:mm:ss:ffff", "HH:mm:ss:fffff", "HH:mm:ss:ffffff", "HH:mm:ss.f", "HH:mm:ss.ff",
        "HH:mm:ss.fff", "HH:mm:ss.ffff", "HH:mm:ss.fffff", "HH:mm:ss.ffffff",
    ];

    public DicomTime(DicomTag tag, params DateTime[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomTime(DicomTag tag, DicomDateRange range)
        : base(tag, s_formats, range)
    {
    }

    public DicomTime(DicomTag tag, params string[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomTime(DicomTag tag, IByteBuffer data)
        : base(tag, s_formats, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.TM;
}

/// <summary>An element of dates with times (DT).</summary>
public class DicomDateTime : DicomDateElement
{
    private static readonly string[] s_formats =
    [
        "yyyyMMddHHmmss", "yyyyMMddHHmmsszzz", "yyyyMMddHHmmsszz", "yyyyMMddHHmmssz", "yyyyMMddHHmmss.ffffff",
        "yyyyMMddHHmmss.fffff", "yyyyMMddHHmmss.ffff", "yyyyMMddHHmmss.fff", "yyyyMMddHHmmss.ff", "yyyyMMddHHmmss.f",
        "yyyyMMddHHmm", "yyyyMMddHH", "yyyyMMdd", "yyyyMM", "yyyy", "yyyyMMddHHmmss.ffffffzzz", "yyyyMMddHHmmss.fffffzzz",
        "yyyyMMddHHmmss.ffffzzz", "yyyyMMddHHmmss.fffzzz", "yyyyMMddHHmmss.ffzzz", "yyyyMMddHHmmss.fzzz", "yyyyMMddHHmmzzz",
        "yyyyMMddHHzzz", "yyyy.MM.dd", "yyyy/MM/dd",
    ];

    public DicomDateTime(DicomTag tag, params DateTime[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomDateTime(DicomTag tag, DicomDateRange range)
        : base(tag, s_formats, range)
    {
    }

    public DicomDateTime(DicomTag tag, params string[] values)
        : base(tag, s_formats, values)
    {
    }

    public DicomDateTime(DicomTag tag, IByteBuffer data)
        : base(tag, s_formats, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.DT;
}
