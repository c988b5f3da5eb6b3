using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Radiomics;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary>Logs, alerts and the budget.</summary>
public sealed partial class MonitoringTests(Templates templates)
{
    private static readonly IReadOnlyList<string> s_sentences =
        [.. LogMessage().Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "Hosting", "Logs.cs"))).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

    [Fact]
    public void Failures_are_counted_by_the_code_in_every_sentence_that_has_one()
    {
        var pattern = Pattern("failures-by-code.kql");

        foreach (var sentence in s_sentences)
        {
            var code = Regex.Match(Filled(sentence), pattern).Groups[1].Value;
            Assert.True(code == (sentence.Contains("{Code}", StringComparison.Ordinal) ? "StudyHasNoRoi" : ""), $"{sentence}: '{code}'");
        }
    }

    [Fact]
    public void Faults_are_every_sentence_that_is_logged_as_an_error()
    {
        var pattern = Pattern("faults.kql");
        var errors = s_sentences.Where(sentence => sentence.StartsWith("Error ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, sentence => Assert.Matches(pattern, Filled(sentence)));
        Assert.All(s_sentences.Except(errors), sentence => Assert.DoesNotMatch(pattern, Filled(sentence)));
    }

    [Fact]
    public void A_broken_audit_trail_is_told_by_one_sentence_alone()
    {
        var told = s_sentences.Where(sentence => Regex.IsMatch(Filled(sentence), Pattern("audit-broken.kql"))).ToList();

        Assert.StartsWith("Critical The audit trail of ", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_altered_has_an_alert_of_its_own()
    {
        var pattern = Pattern("altered.kql");
        var altered = s_sentences.Single(sentence => sentence.StartsWith("Critical ALTERED", StringComparison.Ordinal));

        Assert.Matches(pattern, Filled(altered));
        Assert.All(s_sentences.Where(sentence => sentence != altered), sentence => Assert.DoesNotMatch(pattern, Filled(sentence)));
    }

    [Fact]
    public void Poison_and_waiting_work_are_seen_in_logs_that_are_kept()
    {
        foreach (var account in new[] { templates.Prod.DataStorage, templates.Prod.HostStorage })
        {
            var log = templates.Prod.Of("Microsoft.Insights/diagnosticSettings").Single(s => s.Target == $"Microsoft.Storage/storageAccounts/queueServices {account.Name}/default");
            Assert.Contains("operationsId", (string)log.Properties["workspaceId"]!, StringComparison.Ordinal);
            Assert.Equal(["StorageDelete", "StorageWrite"], log.Properties["logs"]!.AsArray().Select(l => (string)l!["category"]!).Order());
        }

        var hub = Regex.Match(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "host.json")), "\"hubName\": \"(\\w+)\"").Groups[1].Value;
        var queue = Regex.Match($"https://account.queue.core.windows.net/{hub.ToLowerInvariant()}-workitems/messages?visibilitytimeout=0", Pattern("waiting-work.kql"));
        Assert.Equal("radiomics-workitems", queue.Groups[1].Value);
    }

    [Fact]
    public void Metrics_are_asked_for_by_the_names_that_the_app_gives_them()
    {
        var drift = Query("drift.kql");
        Assert.Contains($"'{PipelineMeter.Predictions}'", drift, StringComparison.Ordinal);
        var meter = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Pipeline", "Telemetry", "PipelineMeter.cs"));
        Assert.All(new[] { "center", "training_range", "inside", "outside" }, word => Assert.Contains($"\"{word}\"", meter, StringComparison.Ordinal));
        Assert.All(new[] { "Properties.center)", "Properties.training_range)", "'inside'", "'outside'" }, word => Assert.Contains(word, drift, StringComparison.Ordinal));

        var queues = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "Telemetry", "QueueMeter.cs"));
        var asked = Query("queue-age.kql");
        Assert.Contains($"\"{Regex.Match(asked, "Name == '([^']+)'").Groups[1].Value}\"", queues, StringComparison.Ordinal);
        Assert.Contains($"\"{Regex.Match(asked, @"Properties\.(\w+)").Groups[1].Value}\"", queues, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_uploads_do_not_get_into_the_hosts_telemetry()
    {
        var logging = JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "host.json")))!["logging"]!;

        // Dependencies are addresses of blobs; a blob's name is the reason of a call, which the results and the lines of the trigger tell.
        Assert.False((bool)logging["applicationInsights"]!["enableDependencyTracking"]!);
        Assert.Equal("None", (string?)logging["logLevel"]!["Host.Results"]);
        Assert.Equal("Warning", (string?)logging["logLevel"]!["Function.UploadArrived"]);
    }

    [Fact]
    public void The_host_sends_the_apps_log_to_Application_Insights_and_from_the_image_its_spans_to_a_collector()
    {
        // In the mode OpenTelemetry the host drops what the worker logs, which the alerts read.
        Assert.Null(JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "host.json")))!["telemetryMode"]);
        Assert.DoesNotContain("AzureFunctionsJobHost__telemetryMode", templates.Prod.Settings.Keys);
        // Without it the host sends nothing to a collector, and a trace has gaps where Durable Functions are.
        Assert.Matches(@"(?m)^ENV (.*\\\n *)*AzureFunctionsJobHost__telemetryMode=OpenTelemetry\b", File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "Dockerfile")));
    }

    [Fact]
    public void What_the_pages_say_of_event_ids_is_so()
    {
        var id = Regex.Match(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "WATCHING.md")), @"stands in the log \(event (\d+)\)").Groups[1].Value;

        Assert.Contains($"LoggerMessage({id}, LogLevel.Warning, \"Not ready: ", File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "Hosting", "Logs.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_look_where_the_logs_are_and_tell_somebody()
    {
        string[] topics = [.. templates.Prod.Of("Microsoft.EventGrid/systemTopics").Select(topic => topic.Id)];
        var queries = templates.Prod.Of("Microsoft.Insights/scheduledQueryRules").ToList();
        var metrics = templates.Prod.Of("Microsoft.Insights/metricAlerts").ToList();

        Assert.Equal(["altered", "audit-broken", "drift", "failures-by-code", "faults", "poison", "queue-age", "waiting-work"], queries.Select(query => query.Name["radiomics-prod-".Length..]).Order());
        Assert.All(queries, query => Assert.Contains("operationsId", (string)query.Properties["scopes"]![0]!, StringComparison.Ordinal));
        Assert.All(queries, query => Assert.Contains("actionGroupId", (string)query.Properties["actions"]!["actionGroups"]![0]!, StringComparison.Ordinal));
        Assert.All(queries, query => Assert.Contains("Number = ", (string)query.Properties["criteria"]!["allOf"]![0]!["query"]!, StringComparison.Ordinal));
        Assert.All(topics, topic => Assert.Equal(
            ["DeadLetteredCount", "DroppedEventCount"],
            metrics.Where(m => (string)m.Properties["scopes"]![0]! == topic).Select(m => (string)m.Properties["criteria"]!["allOf"]![0]!["metricName"]!).Order()));
        Assert.All(metrics, metric => Assert.Contains("actionGroupId", (string)metric.Properties["actions"]![0]!["actionGroupId"]!, StringComparison.Ordinal));
        Assert.Single(templates.Prod.Of("Microsoft.Insights/actionGroups").Single().Properties["emailReceivers"]!.AsArray());
    }

    [Fact]
    public void What_may_hold_names_and_original_UIDs_is_logged_apart()
    {
        var apart = templates.Prod.Of("Microsoft.Insights/diagnosticSettings").Where(s => ((string)s.Properties["workspaceId"]!).Contains("accessLogId", StringComparison.Ordinal));

        Assert.Equal(
            ["Microsoft.HealthcareApis/workspaces/dicomservices", "Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts/blobServices"],
            apart.Select(s => s.Target.Split(' ')[0]).Distinct().Order());
        Assert.Equal(4, apart.Count());
    }

    [Fact]
    public void Everything_that_can_tell_of_itself_is_logged()
    {
        var logged = templates.Prod.Of("Microsoft.Insights/diagnosticSettings").Select(setting => setting.Target.Split(' ')[1]).ToHashSet();
        string[] types = ["Microsoft.HealthcareApis/workspaces/dicomservices", "Microsoft.KeyVault/vaults", "Microsoft.Web/sites", "Microsoft.EventGrid/systemTopics", "Microsoft.Storage/storageAccounts/queueServices"];

        Assert.All(types, type => Assert.All(templates.Prod.Of(type), resource => Assert.Contains(resource.Name, logged)));
        Assert.Contains($"{templates.Prod.DataStorage.Name}/default", logged);
    }

    [Fact]
    public void A_budget_warns_before_it_is_spent()
    {
        var budget = templates.Prod.Of("Microsoft.Consumption/budgets").Single().Properties;

        Assert.Equal(1000, (int)budget["amount"]!);
        Assert.Equal("2026-11-01", (string?)budget["timePeriod"]!["startDate"]);
        Assert.Equal(["Actual 80", "Forecasted 100"], budget["notifications"]!.AsObject().Select(n => $"{n.Value!["thresholdType"]} {n.Value["threshold"]}").Order());
        Assert.All(budget["notifications"]!.AsObject(), n => Assert.Equal("radiology-it@example.org", (string?)n.Value!["contactEmails"]![0]));
    }

    private string Query(string name) => File.ReadAllText(templates.Path($"alerts/{name}"));

    /// <summary>The first regular expression of a query; what these use of RE2 is the same in .NET.</summary>
    private string Pattern(string query) => Verbatim().Match(Query(query)).Groups[1].Value;

    /// <summary>A sentence as it is logged.</summary>
    private static string Filled(string sentence) => Placeholder().Replace(
        sentence[(sentence.IndexOf(' ', StringComparison.Ordinal) + 1)..].Replace("\\n", "\n", StringComparison.Ordinal), match => match.Value == "{Code}" ? "StudyHasNoRoi" : "x-1");

    [GeneratedRegex("LoggerMessage\\(\\d+, LogLevel\\.(\\w+), \"([^\"]*)\"\\)")]
    private static partial Regex LogMessage();

    [GeneratedRegex("@'([^']*)'")]
    private static partial Regex Verbatim();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
