using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Radiomics;

namespace Infra.Tests;

/// <summary><c>cost/cost.mjs</c>: its arithmetic, what it refuses, and that the page says what it says of the templates as they are.</summary>
public sealed partial class CostTests(Templates templates) : IDisposable
{
    private const int HoursOfAMonth = 730;

    private static readonly string s_script = Path.Combine(Templates.Source, "cost", "cost.mjs");
    private static readonly Dictionary<string, string> s_noVariables = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Amounts_are_multiplied_by_studies_and_prices_and_added_up()
    {
        var costs = Costs();

        // 2 s and 0.5 s of 2 GB are 5 GB s a study; 10 of them at 3 for 100. 4 requests a study at 0.5 for 10. 8 hours at 0.25, whatever is sent.
        Assert.Equal([1.5, 2, 2], costs["rows"]!.AsArray().Select(row => (double)row!["cost"]!));
        Assert.Equal([50, 40, 8], costs["rows"]!.AsArray().Select(row => (double)row!["amount"]!));
        Assert.Equal((3.5, 0d, 2d), (Total("perStudy"), Total("kept"), Total("perMonth")));

        double Total(string section) => (double)costs["totals"]![section]!;
    }

    [Fact]
    public void Requests_and_bytes_come_from_the_load_of_full_studies_on_one_host()
    {
        var measured = Written("loaded.json", """
            {"instanceMemoryGB": 2,
             "perStudy": [{"item": "both", "price": "request", "load": {"requests": ["blob write", "blob list"]}}],
             "kept": [{"item": "zips", "price": "second", "load": {"kept": ["blobs of incoming"]}}],
             "perMonth": [{"item": "idle", "price": "hour", "load": {"requests": ["blob write"]}}]}
            """);

        var rows = JsonNode.Parse(Node(["--measured", measured, "--load", Load(), "--prices", Prices(), "--studies", "10", "--json"]).Output)!["rows"]!.AsArray();

        // 5 + 2 requests of each of ten studies; 3 GB of each; 0.5 requests a minute for 730 hours.
        Assert.Equal([70, 30, 0.5 * 60 * HoursOfAMonth], rows.Select(row => (double)row!["amount"]!));
    }

    [Fact]
    public void What_the_load_has_not_is_named()
    {
        var measured = Written("loaded.json", """{"perStudy": [{"item": "both", "price": "request", "load": {"requests": ["blob write", "snow"]}}]}""");

        Assert.Equal((3, "", "'both' needs 'snow', which the load has not.\n"), Node(["--measured", measured, "--load", Load(), "--prices", Prices()]));
        Assert.StartsWith($"{Written("none.json", """{"runs": []}""")} has no run of full studies on one host: ", Node(["--load", Written("none.json", """{"runs": []}""")]).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_an_hour_are_those_of_processors_and_of_what_storage_takes()
    {
        var measured = Written("loaded.json", """
            {"perStudy": [{"item": "a", "price": "request", "amount": 1}, {"item": "b", "price": "second", "amount": 1}, {"item": "c", "price": "hour", "amount": 1}],
             "throughput": {"instances": 3, "instanceProcessors": 0.5, "accountRequestsASecond": 100, "queueMessagesASecond": 8}}
            """);

        var throughput = JsonNode.Parse(Node(["--measured", measured, "--load", Load(), "--prices", Prices(), "--json"]).Output)!["throughput"]!;

        // A study takes 4 s of a processor and 9 requests, 2 of them to queues.
        Assert.Equal(
            [0.5 * 3600 / 4, 3, 1.5 * 3600 / 4, 100 * 3600 / 9d, 8 * 3600 / 2d], throughput.AsObject().Select(limit => (double)limit.Value!));
    }

    [Fact]
    public void What_is_not_priced_is_said_and_not_added()
    {
        var costs = Costs(prices: prices => prices["request"]!["price"] = null);

        Assert.Null(costs["rows"]![1]!["cost"]);
        Assert.Equal(1.5, (double)costs["totals"]!["perStudy"]!);
        Assert.Contains("| requests | 40 | your price sheet | not priced |\n| **together**, without what is not priced | | | **1.50** |", Run(prices: prices => prices["request"]!["price"] = null).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_price_and_one_that_nothing_is_measured_for_are_named()
    {
        var missing = Run(prices: prices => prices.Remove("request"));
        Assert.Equal((3, "There is no price 'request', which 'requests' needs.\n"), (missing.ExitCode, missing.Errors));

        var unused = Run(prices: prices => prices["snow"] = prices["hour"]!.DeepClone());
        Assert.Equal((3, "Nothing is measured that costs: snow.\n"), (unused.ExitCode, unused.Errors));

        var negative = Run(prices: prices => prices["hour"]!["price"] = -1);
        Assert.Equal((3, "The price 'hour' is no price.\n"), (negative.ExitCode, negative.Errors));
    }

    [Theory]
    [InlineData("--price", "x.json")]
    [InlineData("--studies", "none")]
    [InlineData("--prices")]
    public void Wrong_arguments_are_refused(params string[] arguments) => Assert.Equal(2, Node(arguments).ExitCode);

    /// <summary><c>RADIOMICS_WRITE_DOCS=1</c> writes the table instead.</summary>
    [Fact]
    public void The_page_has_what_the_script_prints()
    {
        var page = Path.Combine(Templates.Source, "README.md");
        var (exitCode, printed, errors) = Node();
        Assert.True(exitCode == 0, errors);
        if (Environment.GetEnvironmentVariable("RADIOMICS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(page, Table().Replace(File.ReadAllText(page), $"$1\n{printed.Replace("$", "$$", StringComparison.Ordinal)}\n$3"));
        }

        Assert.Equal(printed.Trim(), Table().Match(File.ReadAllText(page)).Groups[2].Value.Trim(), ignoreLineEndingDifferences: true);
    }

    /// <summary>What a month costs hangs on what is deployed: the amounts are those of the templates.</summary>
    [Fact]
    public void What_is_counted_is_what_is_deployed()
    {
        var measured = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Source, "cost", "measured.json")))!;
        var amounts = measured["perMonth"]!.AsArray().Where(line => line!["amount"] is not null).ToDictionary(line => (string)line!["item"]!, line => (double)line!["amount"]!);
        int Deployed(string type) => templates.Prod.Of(type).Count();

        Assert.Equal(HoursOfAMonth * Deployed("Microsoft.Network/privateEndpoints"), amounts["private endpoints"]);
        Assert.Equal(HoursOfAMonth * Deployed("Microsoft.Network/natGateways"), amounts["NAT gateway"]);
        Assert.Equal(HoursOfAMonth * Deployed("Microsoft.Network/publicIPAddresses"), amounts["public address"]);
        Assert.Equal(Deployed("Microsoft.Network/privateDnsZones"), amounts["private DNS zones"]);
        Assert.Equal(Deployed("Microsoft.Insights/scheduledQueryRules"), amounts["log alerts"]);
        Assert.Equal(Deployed("Microsoft.Insights/metricAlerts"), amounts["metric alerts"]);
        Assert.Equal((double)templates.Prod.App.Properties["functionAppConfig"]!["scaleAndConcurrency"]!["instanceMemoryMB"]! / 1024, (double)measured["instanceMemoryGB"]!);
        Assert.Equal((double)templates.Prod.App.Properties["functionAppConfig"]!["scaleAndConcurrency"]!["maximumInstanceCount"]!, (double)measured["throughput"]!["instances"]!);
    }

    [Fact]
    public void Every_amount_says_how_it_was_found_and_every_price_its_meter()
    {
        var measured = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Source, "cost", "measured.json")))!;
        var prices = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Source, "cost", "prices.json")))!;

        Assert.All(new[] { "perStudy", "kept", "perMonth" }.SelectMany(section => measured[section]!.AsArray()), line => Assert.False(string.IsNullOrEmpty((string?)line!["how"]), $"{line}"));
        Assert.All(prices["prices"]!.AsObject(), price => Assert.False(string.IsNullOrEmpty((string?)price.Value!["meter"]), price.Key));
        Assert.All(new[] { "currency", "region", "date", "page" }, name => Assert.False(string.IsNullOrEmpty((string?)prices[name]), name));
    }

    private static (int ExitCode, string Output, string Errors) Node(params string[] arguments) => Programs.Run("node", TestData.RepositoryRoot, s_noVariables, [s_script, .. arguments]);

    private JsonNode Costs(Action<JsonObject>? prices = null)
    {
        var (exitCode, output, errors) = Run(prices, "--json");
        Assert.True(exitCode == 0, errors);
        return JsonNode.Parse(output)!;
    }

    private (int ExitCode, string Output, string Errors) Run(Action<JsonObject>? prices = null, params string[] arguments)
    {
        return Node(
            [
                "--measured",
                Written("measured.json", """
                    {"instanceMemoryGB": 2,
                     "perStudy": [{"item": "time", "price": "second", "seconds": {"first": 2, "then": 0.5}}, {"item": "requests", "price": "request", "amount": 4}],
                     "perMonth": [{"item": "a wire", "price": "hour", "amount": 8}]}
                    """),
                "--load", Load(), "--prices", Prices(prices), "--studies", "10", .. arguments,
            ]);
    }

    private string Prices(Action<JsonObject>? change = null)
    {
        var list = JsonNode.Parse("""
            {"currency": "EUR", "region": "here", "date": "2026-01-01", "prices": {
              "second": {"price": 3, "per": 100, "unit": "GB s"}, "request": {"price": 0.5, "per": 10, "unit": "requests"}, "hour": {"price": 0.25, "per": 1, "unit": "h"}}}
            """)!;
        change?.Invoke(list["prices"]!.AsObject());
        return Written("prices.json", list.ToJsonString());
    }

    /// <summary>The run that counts, among others that don't.</summary>
    private string Load() => Written("load.json", """
        {"runs": [
          {"size": "small", "hosts": 1, "before": 0, "processor": 1, "requests": {"blob write": 1000}, "idleMinute": {}, "kept": {}},
          {"size": "full", "hosts": 1, "before": 2000, "processor": 1, "requests": {"blob write": 1000}, "idleMinute": {}, "kept": {}},
          {"size": "full", "hosts": 1, "before": 0, "processor": 4, "requests": {"blob write": 5, "blob list": 2, "queue read": 2}, "idleMinute": {"blob write": 0.5},
           "kept": {"blobs of incoming": {"count": 1, "bytes": 3000000000}}}]}
        """);

    private string Written(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    [GeneratedRegex(@"(<!-- cost -->\n)(.*?)(<!-- end of cost -->)", RegexOptions.Singleline)]
    private static partial Regex Table();
}
