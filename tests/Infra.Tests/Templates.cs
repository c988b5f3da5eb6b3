using System.Text.Json.Nodes;
using Infra.Tests;

[assembly: AssemblyFixture(typeof(Templates))]

namespace Infra.Tests;

/// <summary>
/// A copy of <c>infra-bicep</c>, and what Azure Resource Manager would be asked for with some parameters, as the compiler's own engine predicts it. Each is made once.
/// </summary>
public sealed class Templates : IDisposable
{
    private readonly DirectoryInfo _folder = Copy();
    private readonly Lazy<Deployment> _dev, _prod, _longest, _subscriptions;

    public Templates()
    {
        _dev = new(() => Deploy(File.ReadAllText(Path("dev.bicepparam"))));
        _prod = new(() => Deploy(File.ReadAllText(Path("prod.bicepparam"))));
        _longest = new(() => Deploy(LongestNames));
        _subscriptions = new(() => Deploy(SubscriptionsOf(Prod)));
    }

    /// <summary>The folder in the repository.</summary>
    public static string Source { get; } = System.IO.Path.Combine(Radiomics.TestData.RepositoryRoot, "infra-bicep");

    /// <summary>The environment that the parameter files read.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["RADIOMICS_BUDGET_START"] = "2026-11-01", ["RADIOMICS_UID_KEY"] = Convert.ToBase64String(new byte[32]), ["RADIOMICS_CONSOLE_SIGN_IN"] = "true" };

    /// <summary>With <c>dev.bicepparam</c>.</summary>
    public Deployment Dev => _dev.Value;

    /// <summary>With <c>prod.bicepparam</c>.</summary>
    public Deployment Prod => _prod.Value;

    /// <summary>With names as long as the parameters allow.</summary>
    public Deployment Longest => _longest.Value;

    /// <summary><c>subscriptions.bicep</c>, with what <c>main.bicep</c> gives out for <c>prod.bicepparam</c>.</summary>
    public Deployment Events => _subscriptions.Value;

    private static string LongestNames { get; } =
        $$"""
        using 'main.bicep'
        param name = '{{new string('r', 9)}}'
        param stage = 'prod'
        param tags = { owner: 'o', costCenter: 'c' }
        param centers = [
          { id: '{{new string('A', 17)}}', dicom: true, principalId: '00000000-0000-0000-0000-00000000000a', principalType: 'Group' }
        ]
        param network = { private: true, addressPrefix: '10.60.0.0/25', dns: 'create' }
        param callers = [{ name: '{{new string('c', 32)}}', addressPrefix: '192.0.2.0/28' }]
        param deployers = []
        param alertEmails = ['it@example.org']
        param monthlyBudget = 1
        param budgetStart = '2026-11-01'
        param uidKey = ''
        """;

    /// <summary>Parameters of the second step, with what <c>main.bicep</c> gives out.</summary>
    public static string SubscriptionsOf(Deployment main) =>
        $$"""
        using 'subscriptions.bicep'
        param deployed = {
          functionAppName: '{{main.Outputs["functionAppName"]}}'
          uploadTopicName: '{{main.Named("Microsoft.EventGrid/systemTopics", "-uploads").Name}}'
          dicomTopicName: '{{main.Named("Microsoft.EventGrid/systemTopics", "-dicom").Name}}'
          hostStorageName: '{{main.HostStorage.Name}}'
          deadLetterContainer: '{{main.Outputs["deployed"]!["deadLetterContainer"]}}'
          apiClientId: '{{main.Outputs["deployed"]!["apiClientId"]}}'
        }
        """;

    /// <summary>Path of a file in the copy.</summary>
    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Every file of the folder.</summary>
    public static IEnumerable<string> Sources() => Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories);

    /// <summary>Copies the folder, since the compiler writes beside what it reads.</summary>
    public static DirectoryInfo Copy()
    {
        var folder = Directory.CreateTempSubdirectory("infra-");
        foreach (var file in Sources())
        {
            var copy = System.IO.Path.Combine(folder.FullName, System.IO.Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    /// <summary>Runs the compiler in the copy.</summary>
    public (int ExitCode, string Output, string Messages) Bicep(params string[] arguments) => BicepCli.Run(_folder.FullName, Environment, arguments);

    /// <summary>What a deployment with the parameters asks for.</summary>
    public Deployment Deploy(string parameters)
    {
        var predicted = Predict(parameters);
        var expressions = new Expressions(predicted);
        if (expressions.Template is { } template)
        {
            // The engine leaves alone what hangs on a running deployment. With those values made up, it can work out the rest.
            var values = $"{Guid.NewGuid():N}.json";
            File.WriteAllText(Path(values), template);
            expressions.Put(Predict($"using '{values}'")["predictedResources"]![0]!["properties"]!.AsObject());
        }

        return new Deployment(predicted);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private JsonObject Predict(string parameters)
    {
        var name = $"{Guid.NewGuid():N}";
        File.WriteAllText(Path($"{name}.bicepparam"), parameters);
        var (exitCode, _, messages) = Bicep(
            "snapshot", $"{name}.bicepparam", "--mode", "overwrite", "--subscription-id", $"{Guid.Empty}", "--tenant-id", $"{Guid.Empty}",
            "--resource-group", "rg", "--location", "westeurope");
        Assert.True(exitCode == 0, messages);
        return JsonNode.Parse(File.ReadAllText(Path($"{name}.snapshot.json")))!.AsObject();
    }
}
