using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Audit;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.DicomEvents;
using RadiomicsFunctions.Health;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;
using RadiomicsFunctions.Predictions;
using RadiomicsFunctions.Quarantine;
using RadiomicsFunctions.Retraining;
using RadiomicsFunctions.Telemetry;
using RadiomicsFunctions.Turns;

namespace RadiomicsFunctions.Hosting;

/// <summary>What the functions get by constructor.</summary>
public static class AppServices
{
    private static readonly SettingsConcern[] s_settings =
    [
        new(QueueMeter.HostStorage, typeof(StorageConnection)),
        new("", typeof(TelemetryOptions)),
        new("Radiomics", typeof(AccessOptions), IsClosed: true) { Also = AccessServices.Check },
    ];

    /// <summary>All parts of the app's settings.</summary>
    public static IReadOnlyList<SettingsConcern> Settings { get; } = [.. RadiomicsServices.Settings, .. s_settings];

    /// <summary>Adds the pipeline and what the doors share.</summary>
    /// <exception cref="SettingsException">The service can't work with these settings.</exception>
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration) => Readiness.Add(services)
        .AddRadiomics(configuration, s_settings)
        .AddTelemetry(configuration)
        .AddAccess(configuration)
        .AddConsole()
        .AddSingleton(_ => new QueueCheck(QueueMeter.Accounts(configuration)))
        .AddSingleton(provider => QueueMeter.Create(configuration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<TurnKeeper>()
        .AddSingleton(provider => new Intake(
            provider.GetRequiredService<RadiomicsOptions>().Intake,
            provider.GetRequiredService<TemporaryStorage>(),
            AvailableMemory.Bytes,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Intake>>()))
        .AddSingleton<PredictionStarter>()
        .AddSingleton<PredictionQuery>()
        .AddSingleton<ReportQuery>()
        .AddSingleton<RetrainingStarter>()
        .AddSingleton<RetrainingQuery>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<CohortDoor>()
        .AddSingleton<RetrainingListing>()
        .AddSingleton<RetrainingViews>()
        .AddSingleton<ResubmissionDoor>()
        .AddSingleton<AuditReviewer>()
        .AddSingleton<ServiceDesk>()
        .AddSingleton<ModelShelf>()
        .AddSingleton<ArrivalDesk>()
        .AddSingleton<ApiDocument>()
        .AddSingleton<ApiPages>()
        .AddSingleton<StepsUnderWay>()
        .AddHostedService<RestingMemory>()
        .AddHostedService<StoragePreparation>()
        .AddHostedService<ReadAuditWriter>();
}
