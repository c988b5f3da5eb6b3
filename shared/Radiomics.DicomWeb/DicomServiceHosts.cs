using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>Which hosts a client may ask. Addresses come from settings and events, and a token must not be carried to where an event points.</summary>
/// <param name="Allowed">Host names; one that begins with a dot stands for all names that end so.</param>
/// <param name="Loopback">Whether this machine is allowed too, there also without TLS: for a DICOMweb server beside the service.</param>
public sealed record DicomServiceHosts(IReadOnlyList<string> Allowed, bool Loopback = false)
{
    /// <summary>The DICOM services of Azure Health Data Services.</summary>
    public static DicomServiceHosts Azure { get; } = new([".dicom.azurehealthcareapis.com"]);

    /// <summary>This machine only.</summary>
    public static DicomServiceHosts ThisMachine { get; } = new([], Loopback: true);

    /// <summary>Whether an address may be asked: HTTPS to an allowed host, or this machine where that is allowed; no user, query or fragment in it.</summary>
    public bool Allow(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
            return false;
        if (endpoint.IsLoopback)
            return Loopback && endpoint.Scheme is "http" or "https";
        return endpoint.Scheme == Uri.UriSchemeHttps && Allowed.Any(host => Fits(endpoint.IdnHost.TrimEnd('.'), host));
    }

    /// <summary>The address, if it may be asked.</summary>
    /// <exception cref="RadiomicsException"><c>DicomServiceNotAllowed</c>.</exception>
    public Uri Require(Uri endpoint) => Allow(endpoint)
        ? endpoint
        : throw new RadiomicsException(
            "DicomServiceNotAllowed", "The address isn't that of an allowed DICOM service: it must be https, of a host on the list, without user or query.");

    private static bool Fits(string host, string allowed) => allowed.StartsWith('.')
        ? host.Length > allowed.Length && host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
