using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb;

/// <summary>
/// How to talk to a DICOM service: besides what every Azure client has (<see cref="ClientOptions.Retry"/>, <see cref="ClientOptions.Transport"/>,
/// policies), where it may be and what part of it is meant. Azure.Core's own logs and traces are off, because they write paths, and paths of a DICOM
/// service hold the patients' UIDs; requests are traced as <see cref="ActivitySourceName"/>, without them.
/// </summary>
public sealed partial class DicomServiceClientOptions : ClientOptions
{
    /// <summary>Name of the <see cref="ActivitySource"/> of this client: an activity a request, with method, host, route template and status.</summary>
    public const string ActivitySourceName = "Radiomics.DicomWeb";

    // One pool of connections for all clients. Without a propagator .NET makes no activity of its own, which would carry the URL. Redirects might lead
    // to a host that nobody has allowed.
    private static readonly HttpClientTransport s_transport = new(new HttpClient(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private string? _partition;

    /// <summary>Options for a version of the service's API.</summary>
    public DicomServiceClientOptions(ServiceVersion version = ServiceVersion.V2)
    {
        Version = version;
        Transport = s_transport;
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
    }

    /// <summary>Versions of the API: the path's first segment.</summary>
    public enum ServiceVersion
    {
        /// <summary>No segment: the endpoint is the root of a DICOMweb server that has no versions (PS3.18), such as Orthanc's <c>/dicom-web</c>.</summary>
        Unversioned = 0,

        /// <summary><c>/v1</c> of the DICOM service in Azure Health Data Services.</summary>
        V1 = 1,

        /// <summary><c>/v2</c>.</summary>
        V2 = 2,
    }

    /// <summary>The version of the API.</summary>
    public ServiceVersion Version { get; }

    /// <summary>The data partition, for services that have them enabled; null for those that haven't.</summary>
    /// <exception cref="RadiomicsException"><c>DicomPartitionInvalid</c>: not 1 to 64 letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</exception>
    public string? Partition
    {
        get => _partition;
        set => _partition = value is null || (PartitionName().IsMatch(value) && value.Trim('.').Length > 0)
            ? value
            : throw new RadiomicsException("DicomPartitionInvalid", "The name of a data partition is 1 to 64 letters, digits, '.', '-' and '_'.");
    }

    /// <summary>Hosts that may be asked; by default those of Azure Health Data Services.</summary>
    public DicomServiceHosts Hosts { get; set; } = DicomServiceHosts.Azure;

    /// <summary>What a token is asked for.</summary>
    public IList<string> Scopes { get; } = ["https://dicom.healthcareapis.azure.com/.default"];

    /// <summary>Longest <c>Retry-After</c> that is waited out; a longer one is told to the caller, who may have something better to do meanwhile.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one request that stores may take, from its first byte to the answer.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Bytes of instances in one request that stores, so far as their lengths are known; more go into several. Azure takes 4 GB, and took 2 GB before.
    /// </summary>
    public long StoreRequestBytes { get; set; } = 2_000_000_000;

    /// <summary>Options for a DICOMweb server on this machine (<see cref="DicomServiceHosts.ThisMachine"/>), such as Orthanc, whose API has no versions.</summary>
    public static DicomServiceClientOptions ForThisMachine() => new(ServiceVersion.Unversioned) { Hosts = DicomServiceHosts.ThisMachine };

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex PartitionName();
}
