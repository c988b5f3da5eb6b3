namespace Radiomics.Pipeline;

/// <summary>
/// A DICOM service, or a partition of one, that belongs to a center: the settings <c>Radiomics__DicomServices__{n}__…</c>. They are settings and not part of
/// the center's profile, since the same profile runs against another service in each deployment, and its digest tells what a prediction was made with.
/// </summary>
public sealed record DicomServiceSettings
{
    /// <summary>The center whose studies lie there.</summary>
    public required string Center { get; init; }

    /// <summary>
    /// Its address, without version and partition: <c>https://{workspace}-{service}.dicom.azurehealthcareapis.com</c>, whose host the events name; or the root of
    /// a DICOMweb server on this machine, whose host and port they name.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Data partition; null where the service has none.</summary>
    public string? Partition { get; init; }

    /// <summary>Client id of a user-assigned identity; null: the app's own. A service on loopback is asked without one.</summary>
    public string? ClientId { get; init; }
}
