using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>The DICOM service didn't do what was asked. Names no patient, UID or URL.</summary>
/// <param name="code">
/// <c>StudyNotFound</c>, <c>SeriesNotFound</c>, <c>InstanceNotFound</c>; <c>DicomServiceRefused</c>; <c>DicomServiceAnswerUnreadable</c>; and those that
/// may pass: <c>DicomServiceUnavailable</c>, <c>DicomServiceDependencyFailed</c>, <c>DicomServiceInterrupted</c>.
/// </param>
/// <param name="detail">One sentence for whoever runs the service.</param>
/// <param name="inner">What was seen below.</param>
public sealed class DicomServiceException(string code, string detail, Exception? inner = null) : RadiomicsException(code, detail, inner)
{
    /// <summary>The answer's HTTP status; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Whether the same may succeed later: a fault of the service or the network rather than of what was asked. The client has tried several times by
    /// then, unless a body broke off that was being read, or the service asked for a longer pause than is waited out here.
    /// </summary>
    public bool IsPassing { get; init; }

    /// <summary>The pause that the service asked for, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
