using Radiomics.DicomWeb;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>The DICOM services of the centers, from the settings. Nothing else is ever asked, whatever host an event names.</summary>
public sealed class DicomServices
{
    private const int IdLength = 12;

    // What Azure calls the partition of a service without partitions.
    private const string DefaultPartition = "Microsoft.Default";

    private readonly Dictionary<string, (DicomSource Source, DicomServiceClient Client)> _services = new(StringComparer.Ordinal);

    /// <summary>Makes a client for each service.</summary>
    /// <exception cref="InvalidOperationException">The settings contradict themselves or name an unknown center; the message says which.</exception>
    public DicomServices(RadiomicsOptions options, CenterProfiles profiles)
    {
        for (var i = 0; i < options.DicomServices.Count; i++)
        {
            var settings = options.DicomServices[i];
            var name = $"Radiomics__DicomServices__{i}";
            if (!settings.Endpoint.IsAbsoluteUri)
            {
                throw new InvalidOperationException($"The setting {name}__Endpoint must be a whole address.");
            }

            if (!profiles.Knows(settings.Center))
            {
                throw new InvalidOperationException($"The setting {name}__Center names no center; known are {string.Join(", ", profiles.Centers)}.");
            }

            var id = IdOf(settings.Endpoint.Authority, settings.Partition);
            if (!_services.TryAdd(id, (new DicomSource(id, settings.Center), ClientOf(settings, name))))
            {
                throw new InvalidOperationException($"The setting {name} names a service and partition that is another center's already.");
            }
        }
    }

    /// <summary>The service that an event names; null if it is none of ours.</summary>
    public DicomSource? TryFind(string host, string? partition) => _services.TryGetValue(IdOf(host, partition), out var service) ? service.Source : null;

    /// <summary>The client of a service.</summary>
    /// <exception cref="InvalidOperationException">It has been taken out of the settings.</exception>
    public DicomServiceClient Client(string id) => _services.TryGetValue(id, out var service)
        ? service.Client
        : throw new InvalidOperationException($"There is no DICOM service {id} in the settings (any more).");

    private static string IdOf(string host, string? partition) =>
        Digest.OfParts("dicom-service", host.ToLowerInvariant(), partition is null or "" ? DefaultPartition : partition)[..IdLength];

    private static DicomServiceClient ClientOf(DicomServiceSettings settings, string name)
    {
        try
        {
            if (!settings.Endpoint.IsLoopback)
            {
                return new DicomServiceClient(settings.Endpoint, StorageClients.Credential(settings.ClientId), new DicomServiceClientOptions { Partition = settings.Partition });
            }

            // A server on this machine asks for nobody's name.
            var options = DicomServiceClientOptions.ForThisMachine();
            options.Partition = settings.Partition;
            return new DicomServiceClient(settings.Endpoint, options);
        }
        catch (RadiomicsException e)
        {
            throw new InvalidOperationException($"The settings {name} can't be used: {e.Detail}", e);
        }
    }
}
