using System.Text.Json;
using Radiomics.Cli.Experiment;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Tests;

public sealed class PaperExperimentTests
{
    [Fact]
    public void Winners_follow_the_protocol_files_when_two_groups_swap_theirs()
    {
        using var folder = new TemporaryFolder();
        var (inPhase, opposed) = (Only("T1_in"), Only("T1_opp"));

        var before = Run(folder, [("A-3.0T", inPhase), ("B-1.5T", opposed)]);
        Assert.Equal(["T1_in", "T1_opp"], before.Groups.Select(group => group.Winner));

        var after = Run(folder, [("A-3.0T", opposed), ("B-1.5T", inPhase)]);
        Assert.Equal(["T1_opp", "T1_in"], after.Groups.Select(group => group.Winner));
    }

    [Fact]
    public void The_same_seed_gives_the_same_json_and_another_seed_another()
    {
        using var folder = new TemporaryFolder();
        (string, PaperProtocol)[] groups = [("A-3.0T", Only("T1_in")), ("B-1.5T", Only("T1_opp"))];
        var first = Json(Run(folder, groups));
        Assert.Equal(first, Json(Run(folder, groups)));
        Assert.NotEqual(first, Json(Run(folder, groups, seed: 8)));
    }

    [Fact]
    public void The_result_has_the_form_that_json_promises_and_the_files_that_out_promises()
    {
        using var folder = new TemporaryFolder();
        var json = JsonDocument.Parse(Json(Run(folder, [("A-3.0T", Only("T1_in")), ("B-1.5T", Only("T1_opp"))], output: folder.File("out")))).RootElement;
        Assert.True(json.GetProperty("synthetic").GetBoolean());
        var group = json.GetProperty("groups")[0];
        Assert.Equal("A", group.GetProperty("center").GetString());
        Assert.Equal("3.0T", group.GetProperty("fieldStrength").GetString());
        Assert.Equal("T1_in", group.GetProperty("winner").GetString());
        var candidate = group.GetProperty("candidates")[0];
        Assert.InRange(candidate.GetProperty("cvAuc").GetDouble(), 0.5, 1);
        Assert.Equal("logisticRegression", candidate.GetProperty("learner").GetString());
        Assert.StartsWith("T1_", candidate.GetProperty("sequence").GetString());
        Assert.InRange(group.GetProperty("train").GetProperty("auc").GetDouble(), 0.5, 1);
        double OfTest(string metric) => group.GetProperty("test").GetProperty(metric).GetDouble();
        var (sensitivity, specificity) = (OfTest("sensitivity"), OfTest("specificity"));
        Assert.InRange(OfTest("accuracy"), Math.Min(sensitivity, specificity), Math.Max(sensitivity, specificity));
        Assert.Equal(["center", "pooled", "harmonised"], group.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetProperty("scope").GetString()));
        Assert.Equal("T1_F", group.GetProperty("published").GetProperty("sequence").GetString());

        Assert.All(
            ["model.zip", "card.html", "cohort.csv", "features-T1_F.csv", "features-T1_opp.csv"],
            file => Assert.True(File.Exists(Path.Combine(folder.File("out"), "A-3.0T", file)), file));
        using var package = File.OpenRead(Path.Combine(folder.File("out"), "A-3.0T", "model.zip"));
        Assert.Equal("T1_in", ModelPackage.Load(package).Sequence);
    }

    [Fact]
    public void Every_shipped_protocol_gives_its_reasons()
    {
        var files = Directory.GetFiles(PaperProtocol.ShippedFolder, "*.json");
        Assert.Equal(["A-1.5T", "A-3.0T", "B-1.5T", "B-3.0T"], files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        foreach (var protocol in files.Select(PaperProtocol.Load))
        {
            Assert.NotEmpty(protocol.Reason);
            Assert.NotEmpty(protocol.CoilBias.Reason);
            Assert.Equal(GroupFeatures.Sequences.Order(StringComparer.Ordinal), protocol.Sequences.Keys.Order(StringComparer.Ordinal));
            Assert.All(protocol.Sequences.Values, sequence => Assert.False(string.IsNullOrWhiteSpace(sequence.Reason)));
        }
    }

    [Fact]
    public async Task A_protocol_folder_that_makes_no_sense_is_an_error_with_a_code()
    {
        using var folder = new TemporaryFolder();
        var empty = await CommandLine.RunAsync("experiment", "paper", "--protocols", folder.Path, "--json");
        Assert.Equal(ExitCodes.BadInput, empty.ExitCode);
        Assert.Equal("ExperimentProtocolInvalid", empty.Json.GetProperty("error").GetProperty("code").GetString());

        File.WriteAllText(folder.File("A-3.0T.json"), """{"reason": "none", "surprise": 1}""");
        var broken = await CommandLine.RunAsync("experiment", "paper", "--protocols", folder.Path, "--json");
        Assert.Equal("ExperimentProtocolInvalid", broken.Json.GetProperty("error").GetProperty("code").GetString());
    }

    /// <summary>A protocol in which noise leaves nothing of any sequence but one.</summary>
    private static PaperProtocol Only(string sequence)
    {
        var shipped = PaperProtocol.Load(Path.Combine(PaperProtocol.ShippedFolder, "A-3.0T.json"));
        var clear = shipped.Sequences["T1_W"] with { Reason = "Clear." };
        return shipped with
        {
            Sequences = GroupFeatures.Sequences.ToDictionary(name => name, name => name == sequence ? clear : clear with { Noise = 2, Reason = "Drowned in noise." }),
        };
    }

    /// <summary>Few voxels, first-order features, one learner: seconds instead of minutes.</summary>
    private static PaperResult Run(TemporaryFolder folder, (string Group, PaperProtocol Protocol)[] groups, int seed = 7, string? output = null)
    {
        var protocols = Directory.CreateDirectory(folder.File("protocols"));
        foreach (var (group, protocol) in groups)
        {
            File.WriteAllText(Path.Combine(protocols.FullName, $"{group}.json"), JsonSerializer.Serialize(protocol, RadiomicsJson.Options));
        }

        var settings = folder.File("quick.json");
        File.WriteAllText(settings, """{"name": "quick", "normalisation": {"method": "zScoreImage"}, "families": ["statistics"]}""");
        var options = new PaperOptions
        {
            Seed = seed,
            Patients = 120,
            Size = 24,
            Settings = settings,
            Protocols = protocols.FullName,
            Out = output,
            Learning = new()
            {
                FeatureSets = [FeatureSet.Radiomics],
                Learners = [Learner.LogisticRegression],
                OuterFolds = 3,
                OuterRepeats = 1,
                InnerFolds = 3,
                Bootstraps = 100,
                StabilityPatients = 3,
                Selection = new() { StabilityCutoff = 0 },
            },
        };
        var terminal = new Terminal(ToolStreams.To(TextWriter.Null, TextWriter.Null), interactive: false, color: false, json: true);
        return new PaperExperiment(options, new PaperProgress(terminal)).Run(TestContext.Current.CancellationToken);
    }

    private static string Json(PaperResult result) => JsonSerializer.Serialize(result, RadiomicsJson.Options);
}
