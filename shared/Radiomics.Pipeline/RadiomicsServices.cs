using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>Puts the pipeline together.</summary>
public static class RadiomicsServices
{
    /// <summary>The parts of the settings that the pipeline reads.</summary>
    public static IReadOnlyList<SettingsConcern> Settings => PipelineSettings.Concerns;

    /// <summary>
    /// Adds everything that the functions use, but for who makes pages (<see cref="IDocumentPages"/>). Settings: <c>RadiomicsStorage</c> and the section <c>Radiomics</c> (<see cref="RadiomicsOptions"/>,
    /// <see cref="UidKeyOptions"/>).
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="ofTheApp">What else there is in the settings, to be checked at the same time.</param>
    /// <exception cref="SettingsException">The service can't work with these settings; the message has a line for each.</exception>
    public static IServiceCollection AddRadiomics(this IServiceCollection services, IConfiguration configuration, params IEnumerable<SettingsConcern> ofTheApp)
    {
        DicomCodecs.Register();
        var settings = PipelineSettings.Read(configuration, ofTheApp);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(settings.Options)
            .AddSingleton(settings.Key)
            .AddSingleton(settings.Storage)
            .AddSingleton(settings.Profiles)
            .AddSingleton(settings.AuditKey)
            .AddSingleton(settings.Anchors)
            .AddSingleton(settings.Options.Audit)
            .AddSingleton(provider => new AuditTrail(provider.GetRequiredService<BlobStore>(), provider.GetRequiredService<IAuditKey>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<AuditAnchoring>()
            .AddSingleton<ReadAudit>()
            .AddSingleton<AuditReader>()
            .AddSingleton<AuditVerdicts>()
            .AddSingleton<AuditReview>()
            .AddSingleton(provider => new KnownAuditKeys(provider.GetRequiredService<IAuditKey>(), settings.Options.Audit))
            .AddSingleton(provider => new TemporaryStorage(settings.Options.Temporary, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ApiKeyStore>()
            .AddSingleton(settings.Options.Retention)
            .AddSingleton(settings.Options.Turns)
            .AddSingleton<TurnDesk>()
            .AddSingleton<UidKeyVersions>()
            .AddSingleton<Holds>()
            .AddSingleton<PurgedInstances>()
            .AddSingleton(_ => new PoisonMessages(StorageClients.TryCreateQueues(configuration, PipelineSettings.StorageName)))
            .AddSingleton<Retention>()
            .AddSingleton<PatientIndex>()
            .AddSingleton<PatientSearch>()
            .AddSingleton<PatientErasure>()
            .AddSingleton<StepAudit>()
            .AddSingleton<UploadStore>()
            .AddSingleton<UploadDoor>()
            .AddSingleton<UploadReader>()
            .AddSingleton<UploadGrants>()
            .AddSingleton<BlockUploads>()
            .AddSingleton<PredictionCatalogue>()
            .AddSingleton<PredictionTrail>()
            .AddSingleton<IdempotencyKeys>()
            .AddSingleton(settings.Services)
            .AddSingleton<ArrivalStore>()
            .AddSingleton<StudyFetch>()
            .AddSingleton<ReportReturn>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<ProfileStore>()
            .AddSingleton<WorkingMemory>()
            .AddSingleton<StudyStore>()
            .AddSingleton<FeatureStore>()
            .AddSingleton<PredictionStore>()
            .AddSingleton<ServedRecords>()
            .AddSingleton<ReportPages>()
            .AddSingleton<StoredReports>()
            .AddSingleton<StudyImages>()
            .AddSingleton<QuarantineStore>()
            .AddSingleton<Resubmissions>()
            .AddSingleton<QuarantineDesk>()
            .AddSingleton<QuarantineListing>()
            .AddSingleton<PredictionPlanning>()
            .AddSingleton<StudyIngest>()
            .AddSingleton<SequenceExtraction>()
            .AddSingleton<Scoring>()
            .AddSingleton<Publication>()
            .AddSingleton<CohortStore>()
            .AddSingleton<ModelPromotions>()
            .AddSingleton<RetrainingAudit>()
            .AddSingleton<RetrainingBlobs>()
            .AddSingleton<SequenceDataSource>()
            .AddSingleton<RetrainingStore>()
            .AddSingleton<RetrainingPlanning>()
            .AddSingleton<CohortExtraction>()
            .AddSingleton<StabilityMeasurement>()
            .AddSingleton<CandidateStep>()
            .AddSingleton<SelectionStep>()
            .AddSingleton<Promotion>()
            .AddSingleton<RetrainingPublication>();
    }
}
