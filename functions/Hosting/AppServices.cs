using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.DicomEvents;
using RadiomicsFunctions.Models;
using RadiomicsFunctions.Predictions;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Hosting;

/// <summary>What the functions get by constructor.</summary>
public static class AppServices
{
    /// <summary>Adds the pipeline and what the doors share.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing, or can't be.</exception>
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration) => services
        .AddRadiomics(configuration)
        .AddAccess(configuration)
        .AddSingleton<PredictionStarter>()
        .AddSingleton<PredictionQuery>()
        .AddSingleton<RetrainingStarter>()
        .AddSingleton<RetrainingQuery>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<ModelShelf>()
        .AddSingleton<ArrivalDesk>()
        .AddSingleton(_ => new ApiDocument(ApiAccess.FunctionKeys))
        .AddSingleton<ApiPages>()
        .AddHostedService<StoragePreparation>();
}
