using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SampleApp;

if (Environment.GetEnvironmentVariable("Sample__LastWords") is { Length: > 0 } words)
{
    Console.Error.WriteLine(words);
    return 7;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton<Calls>();
builder.Build().Run();
return 0;
