namespace FellowOakDicom;

/// <summary>How files name what wrote them.</summary>
public static class DicomImplementation
{
    public static DicomUID ClassUID { get; set; } =
        new("2.25.118498153021527404126436246264211498397", "Implementation Class UID", DicomUidType.Unknown);

    /// <summary>At most 16 characters. An earlier name of this toolkit: it stands in each file, so another would change a phantom's bytes, and with them its upload and prediction ids.</summary>
    public static string Version { get; set; } = "LocalRuntime 1.0";
}
