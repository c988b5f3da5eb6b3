namespace RadiomicsFunctions.Api;

/// <summary>What operations are about, in the order in which readers meet them.</summary>
internal static class ApiTags
{
    /// <summary>Studies and what models say of them.</summary>
    public const string Predictions = "Predictions";

    /// <summary>Uploads that could not be used.</summary>
    public const string Quarantine = "Quarantine";

    /// <summary>Cohorts and retrainings.</summary>
    public const string Learning = "Learning";

    /// <summary>The models of a center.</summary>
    public const string Models = "Models";

    /// <summary>The webhook for Event Grid.</summary>
    public const string DicomEvents = "DICOM events";

    /// <summary>The service itself.</summary>
    public const string Service = "Service";

    /// <summary>All of them with a sentence each.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (Predictions, "Send a liver MRI study, and read what the center's model says of it."),
        (Quarantine, "See what could not be used and why, and submit it again."),
        (Learning, "Send a cohort, train a center's models anew, and decide about them."),
        (Models, "See which model a center uses, read its card, and put an earlier one back."),
        (DicomEvents, "The webhook that Event Grid tells of images in a DICOM service."),
        (Service, "The service itself."),
    ];
}
