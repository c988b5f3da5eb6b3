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
    /// <exception cref="SettingsException">The settings contradict themselves or name an unknown center; the message says which.</exception>
    public DicomServices(RadiomicsOptions options, CenterProfiles profiles)
    {
        if (Check(options, profiles).ToList() is { Count: > 0 } faults)
        {
            throw new SettingsException(faults);
        }

        foreach (var settings in options.DicomServices)
        {
            var id = IdOf(settings);
            _services.Add(id, (new DicomSource(id, settings.Center), ClientOf(settings)));
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<DicomSource> Sources => _services.Values.Select(service => service.Source);

    /// <summary>What is wrong with the services' settings.</summary>
    internal static IEnumerable<SettingFault> Check(RadiomicsOptions options, CenterProfiles profiles)
    {
        HashSet<string> ids = [];
        for (var i = 0; i < options.DicomServices.Count; i++)
        {
            var settings = options.DicomServices[i];
            var name = $"Radiomics__DicomServices__{i}";
            if (!profiles.Knows(settings.Center))
            {
                yield return new SettingFault($"{name}__Center", $"names no center; known are {string.Join(", ", profiles.Centers)}.");
            }

            if (!settings.Endpoint.IsAbsoluteUri)
            {
                yield return new SettingFault($"{name}__Endpoint", "must be a whole address.");
            }
            else if (!ids.Add(IdOf(settings)))
            {
                yield return new SettingFault($"{name}__Endpoint", "names a service and partition that is another center's already.");
            }
            else if (Refusal(settings) is { } refusal)
            {
                yield return new SettingFault($"{name}__Endpoint", $"can't be used: {refusal}");
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

    private static string IdOf(DicomServiceSettings settings) => IdOf(settings.Endpoint.Authority, settings.Partition);

    private static string IdOf(string host, string? partition) =>
        Digest.OfParts("dicom-service", host.ToLowerInvariant(), partition is null or "" ? DefaultPartition : partition)[..IdLength];

    private static string? Refusal(DicomServiceSettings settings)
    {
        try
        {
            ClientOf(settings);
            return null;
        }
        catch (RadiomicsException e)
        {
            return e.Detail;
        }
    }

    private static DicomServiceClient ClientOf(DicomServiceSettings settings)
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
}
