using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalHost.Tests.Durable;
using Radiomics;

namespace LocalHost.Tests;

/// <summary>Where settings come from, and which wins.</summary>
public class SettingsTests(SettingsTests.SetHost set) : IClassFixture<SettingsTests.SetHost>
{
    [Theory]
    [InlineData("OfFile", "file")]
    [InlineData("OfEnvironment", "environment")]
    [InlineData("OfCommandLine", "command line")]
    [InlineData("Nested:OfFile", "nested file")]
    [InlineData("Nested:OfCommandLine", "nested command line")]
    public async Task The_command_line_wins_over_the_environment_and_that_over_the_file(string name, string expected) =>
        Assert.Equal(expected, await set.App.Http.GetStringAsync($"/svc/settings/{Uri.EscapeDataString(name)}"));

    [Fact]
    public async Task The_route_prefix_is_that_of_host_json()
    {
        Assert.Equal("hello you", await set.App.Http.GetStringAsync("/svc/Hello?who=you"));
        using var elsewhere = await set.App.Http.GetAsync("/api/Hello");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Settings_override_host_json()
    {
        var urls = await set.App.Instances.StartAsync("Listen", "hub", new { Word = "", Times = 0, Seconds = 0.1 });
        Assert.Contains($"taskHub={set.Hub}&", urls.GetProperty("statusQueryGetUri").GetString());
    }

    [Fact]
    public async Task The_host_resolves_names_in_bindings_by_them()
    {
        await set.App.WriteAsync("A/x.zip", "there");
        Assert.Equal(["A|x|there"], await set.App.Calls.UntilAsync(1, "OnZip"));
    }

    /// <summary>A copy of the sample app with settings of all kinds.</summary>
    public sealed class SetHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("app-");

        public SampleHost App { get; private set; } = null!;

        public string Hub { get; } = "Set" + SampleHost.NewName();

        public async ValueTask InitializeAsync()
        {
            foreach (var file in Directory.EnumerateFiles(SampleHost.App))
                File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
            var hostJson = Path.Combine(_folder.FullName, "host.json");
            var json = JsonNode.Parse(await File.ReadAllTextAsync(hostJson))!;
            json["extensions"]!["http"] = new JsonObject { ["routePrefix"] = "svc" };
            await File.WriteAllTextAsync(hostJson, json.ToJsonString());
            var name = SampleHost.NewName();
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "local.settings.json"), JsonSerializer.Serialize(new
            {
                IsEncrypted = false,
                Values = new Dictionary<string, string>
                {
                    ["OfFile"] = "file",
                    ["OfEnvironment"] = "file",
                    ["OfCommandLine"] = "file",
                    ["Nested__OfFile"] = "nested file",
                    ["Container"] = name,
                },
            }));
            var settings = new Dictionary<string, string?>
            {
                ["OfEnvironment"] = "environment",
                ["OfCommandLine"] = "environment",
                ["Nested__OfCommandLine"] = "nested environment",
                ["Container"] = null,
            };
            App = await SampleHost.StartAsync(
                azurite, name, settings: settings, app: _folder.FullName,
                args: ["--OfCommandLine=an earlier one", "--OfCommandLine=command line", "--Nested:OfCommandLine=nested command line", $"--AzureFunctionsJobHost:extensions:durableTask:hubName={Hub}"]);
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
