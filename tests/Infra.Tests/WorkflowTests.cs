using System.Text.RegularExpressions;
using System.Xml.Linq;
using Radiomics;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests;

/// <summary>The workflows, the changelog that they read and the container's file: what can be known of them without running them.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string s_root = TestData.RepositoryRoot;
    private static readonly Dictionary<string, string> s_noVariables = [];

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Path.Combine(s_root, ".github", "workflows"), "*.yml").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_shell_can_parse_what_is_run(string file)
    {
        var scripts = Steps(file).Select(step => Text(step, "run")).OfType<string>().ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script =>
        {
            var path = Path.GetTempFileName();
            File.WriteAllText(path, Expression().Replace(script, "value"));
            var (exitCode, _, errors) = Programs.Run("bash", s_root, s_noVariables, ["-n", path]);
            File.Delete(path);
            Assert.True(exitCode == 0, $"{script}\n{errors}");
        });
    }

    /// <summary>By default GitHub's shell lets whatever fails before a pipe pass.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void What_fails_before_a_pipe_fails(string file) => Assert.Equal("bash", Text(Mapping(Mapping(Root(file), "defaults")!, "run")!, "shell"));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void What_is_run_and_read_is_there(string file)
    {
        var text = File.ReadAllText(Path.Combine(s_root, ".github", "workflows", file));

        var paths = RepositoryPath().Matches(text).Select(match => match.Value).Distinct().ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path =>
        {
            Assert.True(Path.Exists(Path.Combine(s_root, path)), $"{path} is not there");
            if (!OperatingSystem.IsWindows() && (path.EndsWith(".sh", StringComparison.Ordinal) || path is ".ci/sbom" or ".ci/changelog"))
            {
                Assert.True(File.GetUnixFileMode(Path.Combine(s_root, path)).HasFlag(UnixFileMode.UserExecute), $"{path} can't be run");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void By_itself_a_workflow_may_read_and_no_secret_is_stored(string file)
    {
        Assert.Equal(["contents: read"], Mapping(Root(file), "permissions")!.Children.Select(right => $"{right.Key}: {right.Value}"));
        Assert.DoesNotContain("secrets.", File.ReadAllText(Path.Combine(s_root, ".github", "workflows", file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_signs_in_to_Azure_does_so_for_an_environment_that_Azure_knows()
    {
        var jobs = Workflows.SelectMany(file => Jobs(file.Data)).Where(job => Steps(job).Any(step => Text(step, "uses")?.StartsWith("azure/login@", StringComparison.Ordinal) == true)).ToList();

        Assert.Equal(2, jobs.Count);
        Assert.All(jobs, job =>
        {
            Assert.StartsWith("${{ inputs.stage }}", Text(job, "environment"), StringComparison.Ordinal);
            Assert.Equal(["contents: read", "id-token: write"], Mapping(job, "permissions")!.Children.Select(right => $"{right.Key}: {right.Value}"));
        });
        Assert.Equal(2, jobs.Select(job => Text(job, "environment")).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_deployed_before_somebody_could_see_what_would_change() =>
        Assert.Equal("what-if", Text((YamlMappingNode)Mapping(Root("deploy.yml"), "jobs")!["deploy"], "needs"));

    [Fact]
    public void What_a_release_builds_as_an_image_is_built_on_each_push()
    {
        var (each, release) = (Built("ci.yml"), Built("release.yml"));

        Assert.Equal("functions/Dockerfile", Assert.Single(release));
        Assert.Equal(release, each);

        IEnumerable<string> Built(string file) => Steps(file).Select(step => Text(step, "run") ?? "").SelectMany(run => Image().Matches(run).Select(match => match.Groups[1].Value));
    }

    /// <summary>A tag can be moved to other code by whoever holds the action's repository; a commit can't.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_of_others_are_pinned_by_commit_and_say_their_version(string file)
    {
        var used = File.ReadLines(Path.Combine(s_root, ".github", "workflows", file)).Select(line => Use().Match(line)).Where(match => match.Success && !match.Groups[1].Value.StartsWith("./", StringComparison.Ordinal)).ToList();

        Assert.Equal(Steps(file).Count(step => Text(step, "uses") is not null), used.Count);
        Assert.All(used, use => Assert.Matches(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", use.Groups[1].Value));
    }

    [Fact]
    public void Secrets_are_looked_for_in_the_whole_history()
    {
        var job = Jobs("ci.yml").Single(job => Steps(job).Any(step => Text(step, "run") == "bash .ci/run"));
        var checkout = Steps(job).Single(step => Text(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true);

        Assert.Equal("0", Text(Mapping(checkout, "with")!, "fetch-depth"));
    }

    /// <summary>GitHub sets CI itself, by which restoring is locked; elsewhere it must be said.</summary>
    [Fact]
    public void What_is_published_is_restored_as_the_lock_files_say()
    {
        var projects = Directory.GetFiles(s_root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var published = new[] { "functions/Dockerfile", "infra-bicep/deploy.sh" }
            .SelectMany(path => File.ReadLines(Path.Combine(s_root, path))).Where(line => line.Contains("dotnet publish ", StringComparison.Ordinal)).ToList();
        var condition = XDocument.Load(Path.Combine(s_root, "Directory.Build.props")).Descendants("RestoreLockedMode").Single();

        Assert.All(projects, path => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json")), $"{path} has no lock file"));
        Assert.Equal(2, published.Count);
        Assert.All(published, line => Assert.Contains("CI=true dotnet publish", line, StringComparison.Ordinal));
        Assert.Equal("'$(CI)' == 'true'", condition.Attribute("Condition")!.Value);
        Assert.Contains("dotnet restore RadiomicsFunctions.sln --locked-mode", File.ReadAllText(Path.Combine(s_root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_the_changelog_tells_of_has_words_and_no_other_has()
    {
        var (known, words, _) = Programs.Run("bash", s_root, s_noVariables, [".ci/changelog", "Unreleased"]);
        var (unknown, none, error) = Programs.Run("bash", s_root, s_noVariables, [".ci/changelog", "0.0.0"]);

        Assert.Equal(0, known);
        Assert.Contains("### ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("## [", words, StringComparison.Ordinal);
        Assert.Equal((1, ""), (unknown, none));
        Assert.Contains("no section [0.0.0]", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_of_the_frameworks_version_that_the_app_is_built_for()
    {
        var framework = XDocument.Load(Path.Combine(s_root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value.Replace("net", "", StringComparison.Ordinal);
        var images = File.ReadLines(Path.Combine(s_root, "functions", "Dockerfile")).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();

        Assert.Contains($"/dotnet/sdk:{framework} ", images[1], StringComparison.Ordinal);
        Assert.EndsWith($"/azure-functions/dotnet-isolated:4-dotnet-isolated{framework}", images[2], StringComparison.Ordinal);
    }

    /// <summary>The pages' scripts are built with the app; runners and images have another Node.js tomorrow, or none.</summary>
    [Fact]
    public void Whatever_builds_the_app_has_the_same_Node()
    {
        var building = Workflows.SelectMany(file => Jobs(file.Data)).Select(job => Steps(job).ToList()).Where(steps => steps.Any(step => Uses(step, "actions/setup-dotnet@"))).ToList();
        var versions = building.Select(steps => steps.Where(step => Uses(step, "actions/setup-node@")).Select(step => Text(Mapping(step, "with")!, "node-version")).SingleOrDefault()).ToList();

        Assert.NotEmpty(building);
        var version = Assert.Single(versions.Distinct());
        Assert.NotNull(version);
        Assert.Contains($"FROM --platform=linux/amd64 node:{version}-bookworm-slim AS node", File.ReadLines(Path.Combine(s_root, "functions", "Dockerfile")));

        static bool Uses(YamlMappingNode step, string action) => Text(step, "uses")?.StartsWith(action, StringComparison.Ordinal) == true;
    }

    private static YamlMappingNode Root(string file)
    {
        using var reader = File.OpenText(Path.Combine(s_root, ".github", "workflows", file));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Jobs(string file) => Mapping(Root(file), "jobs")!.Children.Values.Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> Steps(string file) => Jobs(file).SelectMany(Steps);

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) =>
        job.Children.TryGetValue("steps", out var steps) ? ((YamlSequenceNode)steps).Children.Cast<YamlMappingNode>() : [];

    private static YamlMappingNode? Mapping(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? (YamlMappingNode)value : null;

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    [GeneratedRegex(@"\$\{\{.*?\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\s+(?:- )?uses: (.*)$")]
    private static partial Regex Use();

    [GeneratedRegex(@"docker build --file (\S+)")]
    private static partial Regex Image();

    /// <summary>What lies in the repository: a script, a project, a workflow.</summary>
    [GeneratedRegex(@"(?<![\w/.-])(?:\./)?(?:\.ci/(?:run|sbom|changelog)|\.github/workflows/\w+\.yml|infra-bicep/[\w-]+\.sh|functions/Dockerfile|shared/Radiomics\.Cli|global\.json)")]
    private static partial Regex RepositoryPath();
}
