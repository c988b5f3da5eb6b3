using Radiomics;

namespace Infra.Tests;

/// <summary><c>smoke-test.sh</c>, with a program in place of <c>curl</c>: which doors it knocks at, and with what. tests/EndToEnd.Tests runs it against a service.</summary>
public sealed class SmokeScriptTests : IDisposable
{
    private const string Key = "key-of-the-host";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smoke-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_service_whose_doors_are_locked_passes()
    {
        var (exitCode, output, errors) = Run(withKey: "401");

        Assert.True(exitCode == 0, errors);
        Assert.Equal(["healthy", "the console is there", "locked without a key", "locked to those who don't say who calls"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // What a program is called with, every user of the machine can see.
        Assert.DoesNotContain(Key, File.ReadAllText(Path.Combine(_folder.FullName, "calls")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_lets_everybody_in_who_has_the_hosts_key_does_not()
    {
        var (exitCode, _, errors) = Run(withKey: "200");

        Assert.Equal(1, exitCode);
        Assert.Contains("A door answers 200 to somebody with a function key", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200", "200", "answers 200, not 303")]
    [InlineData("204", "200", "answers 204, not 303")]
    [InlineData("303", "500", "nobody can sign in")]
    public void A_service_whose_beginning_is_the_hosts_own_does_not(string home, string signIn, string error)
    {
        var (exitCode, _, errors) = Run(withKey: "401", home, signIn);

        Assert.Equal(1, exitCode);
        Assert.Contains(error, errors, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Errors) Run(string withKey, string home = "303", string signIn = "200")
    {
        var curl = Path.Combine(_folder.FullName, "curl");
        File.WriteAllText(curl, """
            #!/bin/bash
            echo "$@" >>"$FOLDER/calls"
            config=
            for ((i = 1; i <= $#; i++)); do
              if [ "${!i}" = --config ]; then ((i++)); config=$(<"${!i}"); fi
            done
            case "${*: -1}" in
              */api/health) printf 200 ;;
              https://radiomics.example/) printf "$HOME_PAGE" ;;
              */signin) printf "$SIGN_IN" ;;
              *) if [ "$config" = "header = \"x-functions-key: $RADIOMICS_KEY\"" ]; then printf "$WITH_KEY"; else printf 401; fi ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return Programs.Run(
            "bash",
            TestData.RepositoryRoot,
            new Dictionary<string, string>
            {
                ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["FOLDER"] = _folder.FullName,
                ["RADIOMICS_KEY"] = Key,
                ["WITH_KEY"] = withKey,
                ["HOME_PAGE"] = home,
                ["SIGN_IN"] = signIn,
                ["RADIOMICS_SMOKE_TRIES"] = "1",
            },
            ["infra-bicep/smoke-test.sh", "https://radiomics.example"]);
    }
}
