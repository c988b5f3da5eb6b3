namespace Radiomics.Pipeline;

/// <summary>
/// A study that comes into a DICOM service, instance by instance (<c>arrivals/{center}/{service}/{studyUid}.json</c>). Each wait for it to be complete has a
/// number, its generation; an instance that comes after one was closed opens the next.
/// </summary>
public sealed record StudyArrival
{
    /// <summary>The newest generation, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>The newest generation that was closed; 0 if none.</summary>
    public required int Closed { get; init; }

    /// <summary>When an event last came, give or take a second; UTC.</summary>
    public required DateTimeOffset LastEvent { get; init; }

    /// <summary>The original StudyInstanceUID, which fetching needs, encrypted under the UID key (<see cref="Dicom.UidKey.Seal"/>).</summary>
    public required string SealedStudyUid { get; init; }

    /// <summary>Whether the newest generation still waits.</summary>
    public bool IsOpen() => Closed < Generation;
}

/// <summary>Names a study in a DICOM service without telling which one it is.</summary>
/// <param name="Center">The center.</param>
/// <param name="Service"><see cref="DicomSource.Id"/>.</param>
/// <param name="StudyUid">Mapped StudyInstanceUID.</param>
public sealed record ArrivalKey(string Center, string Service, string StudyUid);
