using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Radiomics.Pipeline;
using RadiomicsFunctions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddRadiomics(builder.Configuration);
builder.Services.AddSingleton<PredictionStarter>();
builder.Services.AddSingleton<PredictionQuery>();
builder.Services.AddHostedService<StoragePreparation>();
builder.Build().Run();
