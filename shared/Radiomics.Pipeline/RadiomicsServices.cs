using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>Puts the pipeline together.</summary>
public static class RadiomicsServices
{
    /// <summary>
    /// Adds everything that the functions use. Settings: <c>RadiomicsStorage</c> and the section <c>Radiomics</c> (<see cref="RadiomicsOptions"/>,
    /// <c>UidKey</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting without which nothing can work is missing; the message says which.</exception>
    public static IServiceCollection AddRadiomics(this IServiceCollection services, IConfiguration configuration)
    {
        DicomCodecs.Register();
        var options = configuration.GetSection("Radiomics").Get<RadiomicsOptions>() ?? new RadiomicsOptions();
        var profiles = new CenterProfiles(options.ModelsFolder);
        if (options.StudyQuietSeconds < 2)
        {
            throw new InvalidOperationException("The setting Radiomics__StudyQuietSeconds must be at least 2.");
        }

        if (options.Retention.Faults(profiles.Centers).ToList() is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"The settings of retention can't be used. {string.Join(' ', faults)}");
        }

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton(UidKeys.Find(configuration))
            .AddSingleton(new BlobStore(StorageClients.Create(configuration, "RadiomicsStorage")))
            .AddSingleton(profiles)
            .AddSingleton(provider => new AuditTrail(provider.GetRequiredService<BlobStore>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(_ => new TemporaryStorage())
            .AddSingleton<ApiKeyStore>()
            .AddSingleton(options.Retention)
            .AddSingleton<UidKeyVersions>()
            .AddSingleton<Holds>()
            .AddSingleton<PurgedInstances>()
            .AddSingleton<Retention>()
            .AddSingleton<PatientSearch>()
            .AddSingleton<PatientErasure>()
            .AddSingleton<StepAudit>()
            .AddSingleton<UploadStore>()
            .AddSingleton<UploadDoor>()
            .AddSingleton<UploadReader>()
            .AddSingleton<UploadGrants>()
            .AddSingleton<IdempotencyKeys>()
            .AddSingleton(new DicomServices(options, profiles))
            .AddSingleton<ArrivalStore>()
            .AddSingleton<StudyFetch>()
            .AddSingleton<ReportReturn>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<ProfileStore>()
            .AddSingleton<StudyStore>()
            .AddSingleton<FeatureStore>()
            .AddSingleton<PredictionStore>()
            .AddSingleton<QuarantineStore>()
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
