using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<StepMeter>();
builder.UseMiddleware<AccessMiddleware>();
builder.UseMiddleware<ReadMiddleware>();
try
{
    builder.Services.AddApp(builder.Configuration);
}
catch (SettingsException e)
{
    // The host logs what a worker writes there before it ends.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await builder.Build().RunAsync();
return 0;
