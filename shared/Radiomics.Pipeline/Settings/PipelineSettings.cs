using Microsoft.Extensions.Configuration;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>The settings that the pipeline needs, read and checked as a whole.</summary>
/// <param name="Options">The section <c>Radiomics</c>.</param>
/// <param name="Key">What UIDs are mapped with.</param>
/// <param name="AuditKey">What the audit trail is signed under.</param>
/// <param name="Anchors">The second account for its anchors.</param>
/// <param name="Storage">The account with the product's containers.</param>
/// <param name="Profiles">The centers.</param>
/// <param name="Services">Their DICOM services.</param>
internal sealed record PipelineSettings(
    RadiomicsOptions Options, UidKey Key, IAuditKey AuditKey, SecondAnchors Anchors, BlobStore Storage, CenterProfiles Profiles, DicomServices Services)
{
    /// <summary>Setting of the storage account.</summary>
    public const string StorageName = "RadiomicsStorage";

    /// <summary>Setting of the second account for anchors of the audit trail.</summary>
    public const string AnchorsName = "RadiomicsAnchorsStorage";

    private const string Section = "Radiomics";

    /// <summary>The pipeline's concerns.</summary>
    public static IReadOnlyList<SettingsConcern> Concerns { get; } =
    [
        new(StorageName, typeof(StorageConnection)),
        new(AnchorsName, typeof(StorageConnection)),
        new(Section, typeof(UidKeyOptions), IsClosed: true),
        new(Section, typeof(RadiomicsOptions), IsClosed: true),
    ];

    /// <summary>Reads everything, and tells of everything that is wrong at once.</summary>
    /// <exception cref="SettingsException">Something is.</exception>
    public static PipelineSettings Read(IConfiguration configuration, IEnumerable<SettingsConcern> ofTheApp)
    {
        var faults = SettingsCheck.Of(configuration, Concerns.Concat(ofTheApp)).ToList();
        var unreadable = faults.Count > 0;
        var options = unreadable ? new RadiomicsOptions { ModelsFolder = configuration[$"{Section}:ModelsFolder"] ?? RadiomicsOptions.ShippedModels } : Bind(configuration);
        var storage = Try(faults, StorageName, () => new BlobStore(StorageClients.Create(configuration, StorageName)));
        var key = Try(faults, "Radiomics__UidKey", () => UidKeys.Find(configuration));
        var auditKey = Try(faults, "Radiomics__Audit__Key", () => AuditKeys.Find(configuration));
        var anchors = Try(faults, AnchorsName, () => new SecondAnchors(StorageClients.TryCreate(configuration, AnchorsName) is { } client ? new BlobStore(client) : null));
        var profiles = Try(faults, "Radiomics__ModelsFolder", () => new CenterProfiles(options.ModelsFolder));
        DicomServices? services = null;
        if (profiles is not null)
        {
            // Where a list could not be read, its entries would be counted wrongly.
            faults.AddRange(unreadable ? [] : [.. DicomServices.Check(options, profiles), .. options.Retention.Check(profiles.Centers)]);
            services = faults.Count == 0 ? new DicomServices(options, profiles) : null;
        }

        return faults.Count == 0 ? new PipelineSettings(options, key!, auditKey!, anchors!, storage!, profiles!, services!) : throw new SettingsException(faults);
    }

    private static RadiomicsOptions Bind(IConfiguration configuration) => configuration.GetSection(Section).Get<RadiomicsOptions>() ?? new RadiomicsOptions();

    private static T? Try<T>(List<SettingFault> faults, string name, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or IOException or FormatException or UnauthorizedAccessException)
        {
            faults.Add(new SettingFault(name, $"can't be used: {e.Message}"));
            return null;
        }
    }
}
