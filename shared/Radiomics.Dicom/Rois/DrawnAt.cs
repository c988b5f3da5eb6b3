using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>When a region was drawn, as far as its object says. Never leaves ingest.</summary>
/// <param name="Date">Eight digits.</param>
/// <param name="Time">Digits of the time with its fraction; null if it isn't given.</param>
internal sealed record DrawnAt(string Date, string? Time)
{
    /// <summary>The object's own date, else that of the instance's creation, else that of its series; null if it has none.</summary>
    public static DrawnAt? Of(FrameAttributes top, DicomTag date, DicomTag time) =>
        Read(top, date, time)
        ?? Read(top, DicomTag.InstanceCreationDate, DicomTag.InstanceCreationTime)
        ?? Read(top, DicomTag.SeriesDate, DicomTag.SeriesTime);

    /// <summary>Whether this is later than <paramref name="other"/>; null if nobody can say.</summary>
    public bool? IsLaterThan(DrawnAt other) => string.CompareOrdinal(Date, other.Date) switch
    {
        < 0 => false,
        > 0 => true,
        _ => Time is null || other.Time is null || string.CompareOrdinal(Padded(Time), Padded(other.Time)) is not (not 0 and var order) ? null : order > 0,
    };

    private static DrawnAt? Read(FrameAttributes top, DicomTag date, DicomTag time)
    {
        var day = Digits(top.Text(date));
        return day is { Length: 8 } ? new DrawnAt(day, Digits(top.Text(time)) is { Length: > 0 } clock ? clock : null) : null;
    }

    /// <summary>DA and TM with the separators that they had before 1993 left out (PS3.5 6.2).</summary>
    private static string? Digits(string? text) => text is null ? null : string.Concat(text.Where(char.IsAsciiDigit));

    private static string Padded(string time) => time.PadRight(12, '0');
}
