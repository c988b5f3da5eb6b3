using System.Text.Json.Nodes;
using Radiomics;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary><c>register.sh</c>, with a program in place of <c>az</c>: the roles that Entra ID is told of are those that the API knows.</summary>
public sealed class RegisterScriptTests : IDisposable
{
    private const string Client = "00000000-0000-0000-0000-0000000000a1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("register-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_right_at_every_center_is_a_role_under_an_id_of_its_own_that_stays()
    {
        string[] centers = [.. new CenterProfiles(Path.Combine(TestData.RepositoryRoot, "models")).Centers];

        var (exitCode, output, errors) = Run("", ["radiomics-prod", .. centers]);
        var first = Registered();
        Run(Client, ["radiomics-prod", .. centers, "new"]);
        var later = Registered();

        Assert.True(exitCode == 0, errors);
        Assert.Equal(Client, output.Trim());
        var expected = centers.SelectMany(center => Enum.GetValues<Right>().Select(right => $"{new CenterRole(center, right)}")).Append(CenterRole.Admin);
        Assert.Equal(expected.Order(StringComparer.Ordinal), first.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first.Count, first.Values.Distinct().Count());
        Assert.All(first, role => Assert.Equal(role.Value, later[role.Key]));
        Assert.Equal(first.Count + 4, later.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(Client, false)]
    public void It_is_registered_once(string there, bool made)
    {
        Run(there, ["radiomics-prod", "A"]);

        var calls = File.ReadAllLines(Path.Combine(_folder.FullName, "calls"));
        Assert.Equal(made, calls.Any(call => call.StartsWith("ad app create", StringComparison.Ordinal)));
        Assert.Equal(2, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "application.json")))!["api"]!["requestedAccessTokenVersion"]!);
    }

    [Theory]
    [InlineData("radiomics-prod")]
    [InlineData("radiomics-prod", "A\", \"isEnabled")]
    public void Wrong_arguments_are_refused_before_anything_happens(params string[] arguments)
    {
        var (exitCode, _, _) = Run("", arguments);

        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "calls")));
    }

    private Dictionary<string, string> Registered() => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "application.json")))!["appRoles"]!.AsArray()
        .ToDictionary(role => (string)role!["value"]!, role => $"{Guid.Parse((string)role!["id"]!)}");

    private (int ExitCode, string Output, string Errors) Run(string there, string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script is for bash");
        }

        var az = Path.Combine(_folder.FullName, "az");
        File.WriteAllText(
            az,
            """
            #!/usr/bin/env bash
            printf '%s\n' "$*" >>"$FOLDER/calls"
            for argument in "$@"; do [[ $argument != @* ]] || cp "${argument#@}" "$FOLDER/application.json"; done
            case "$*" in
              "ad app list"*) echo "$THERE" ;;
              "ad app create"*) echo "$CLIENT" ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FOLDER"] = _folder.FullName,
            ["THERE"] = there,
            ["CLIENT"] = Client,
        };
        return Programs.Run("bash", _folder.FullName, environment, [Path.Combine(Templates.Source, "register.sh"), .. arguments]);
    }
}
