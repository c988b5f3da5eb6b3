namespace Radiomics.DicomWeb;

/// <summary>An instance that the service didn't store: an item of its <c>FailedSOPSequence</c> or <c>OtherFailuresSequence</c>.</summary>
/// <param name="SopClassUid"><c>ReferencedSOPClassUID</c>; null if the file couldn't be read.</param>
/// <param name="SopInstanceUid"><c>ReferencedSOPInstanceUID</c>; null if the file couldn't be read.</param>
/// <param name="FailureReason"><c>FailureReason</c> (0008,1197); null if the service gives none.</param>
public sealed record FailedInstance(string? SopClassUid, string? SopInstanceUid, int? FailureReason)
{
    /// <summary>An instance of this study, series and UID is there already: the DICOM service in Azure never replaces one.</summary>
    public bool IsAlreadyStored => FailureReason == 45070;

    /// <summary>Another sender is storing it at this moment, or broke off while doing so.</summary>
    public bool IsBeingStored => FailureReason == 45071;

    /// <summary>It belongs to another study than the one that the request was for.</summary>
    public bool IsOfAnotherStudy => FailureReason == 43265;
}
