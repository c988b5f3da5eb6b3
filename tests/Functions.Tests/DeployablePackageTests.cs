using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Radiomics;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests;

/// <summary>What the Functions host reads of the app before it runs: the build's output, which is what gets published.</summary>
public sealed class DeployablePackageTests
{
    private static readonly string _app = HostProcess.BuildOf("functions");

    [Fact]
    public void The_metadata_names_every_function()
    {
        var functions = typeof(AppServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
            .OfType<string>();

        Assert.Equal(functions.Order(StringComparer.Ordinal), Read("functions.metadata").EnumerateArray().Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_extension_that_the_bindings_need_is_there()
    {
        var extensions = Read("extensions.json").GetProperty("extensions").EnumerateArray().ToArray();

        Assert.Subset(extensions.Select(Name).ToHashSet(), new HashSet<string> { "AzureStorageBlobs", "DurableTask" });
        Assert.All(extensions, extension => Assert.True(File.Exists(Path.Combine(_app, extension.GetProperty("hintPath").GetString()!)), Name(extension)));
    }

    [Fact]
    public void The_worker_is_the_apps_own_assembly()
    {
        var description = Read("worker.config.json").GetProperty("description");

        Assert.Equal("dotnet-isolated", description.GetProperty("language").GetString());
        Assert.Equal(typeof(AppServices).Assembly.ManifestModule.Name, description.GetProperty("defaultWorkerPath").GetString());
    }

    /// <summary>The defaults are five minutes each; a minute is the least that the control queue may have.</summary>
    [Fact]
    public void What_a_killed_host_had_taken_is_given_out_again_soon()
    {
        var storage = Read("host.json").GetProperty("extensions").GetProperty("durableTask").GetProperty("storageProvider");

        Assert.Equal("00:00:15", storage.GetProperty("workItemQueueVisibilityTimeout").GetString());
        Assert.Equal("00:01:00", storage.GetProperty("controlQueueVisibilityTimeout").GetString());
    }

    [Fact]
    public void Nothing_of_this_machines_host_or_of_the_tests_is_in_it()
    {
        string[] foreign = ["LocalHost", "local.settings", ".Tests.", "xunit", "testhost"];

        Assert.DoesNotContain(
            Directory.EnumerateFiles(_app, "*", SearchOption.AllDirectories),
            path => foreign.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_app, file))).RootElement;

    private static string Name(JsonElement named) => named.GetProperty("name").GetString()!;
}
