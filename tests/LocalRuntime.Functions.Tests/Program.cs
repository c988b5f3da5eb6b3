using System.Reflection;
using LocalRuntime.Functions.Tests;
using LocalRuntime.Functions.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// "sample-app TYPE [arguments]" is what the tests start as a process of its own; everything else comes from the test runners.
if (args is ["sample-app", var type, .. var rest])
{
    var builder = new FunctionsApplicationBuilder(rest, functionTypes: [Assembly.GetExecutingAssembly().GetType(type, throwOnError: true)!]);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddSingleton(new Calls());
    builder.Build().Run();
    return Environment.ExitCode;
}
return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
