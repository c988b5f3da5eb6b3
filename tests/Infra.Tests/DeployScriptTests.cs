namespace Infra.Tests;

/// <summary>
/// <c>deploy.sh</c>, with programs in place of <c>az</c> and <c>dotnet</c> that write down how they are called: the order of the steps, and what is kept secret.
/// </summary>
public sealed class DeployScriptTests : IDisposable
{
    private const string Secret = "a-secret-that-openssl-made";

    private static readonly string s_old = Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Resources_come_first_then_the_package_then_the_subscriptions()
    {
        var (exitCode, calls, errors) = Run("prod", "rg", "westeurope");

        Assert.True(exitCode == 0, errors);
        string[] steps =
        [
            "az group create", "az deployment group create --resource-group rg --name radiomics-prod --parameters", "dotnet publish", "az functionapp deployment source config-zip",
            "az functionapp keys list", "az deployment group create --resource-group rg --name radiomics-prod-subscriptions --template-file",
        ];
        var places = steps.Select(step => calls.FindIndex(call => call.StartsWith(step, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("prod.bicepparam", calls[places[1]], StringComparison.Ordinal);
        Assert.Contains("deployed={\"functionAppName\":\"app\"}", calls[places[^1]], StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_deployment_makes_the_key_and_hands_it_over_unseen()
    {
        var (exitCode, calls, errors) = Run("prod", "rg", "westeurope");

        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain(calls, call => call.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, errors, StringComparison.Ordinal);
        Assert.Equal(Secret, KeyOfDeployment());
    }

    [Fact]
    public void A_key_from_a_backup_is_taken_from_a_file_and_handed_over_unseen()
    {
        var (exitCode, calls, errors) = Run("prod", "rg", "westeurope", ("RADIOMICS_UID_KEY_FILE", Write(s_old + "\n")));

        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain(calls, call => call.Contains(s_old, StringComparison.Ordinal) || call.StartsWith("openssl", StringComparison.Ordinal));
        Assert.DoesNotContain(s_old, errors, StringComparison.Ordinal);
        Assert.Equal(s_old, KeyOfDeployment());
    }

    [Theory]
    [InlineData("not-a-key", "another", "names is no key")]
    [InlineData(null, "another", "No such file")]
    [InlineData("", "another", "names is no key")]
    [InlineData("old", "uid-key", "has a key already")]
    public void A_key_that_could_not_be_used_ends_it_before_anything_is_deployed(string? content, string secrets, string error)
    {
        var file = content is null ? "/nowhere/key" : Write(content == "old" ? s_old : content);

        var (exitCode, calls, errors) = Run("prod", "rg", "westeurope", ("RADIOMICS_UID_KEY_FILE", file), ("SECRETS", secrets));

        Assert.Equal(1, exitCode);
        Assert.Contains(error, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.StartsWith("az deployment", StringComparison.Ordinal));
    }

    [Fact]
    public void Resources_alone_are_made_when_that_is_asked_so_that_data_can_come_before_the_app_runs()
    {
        var (exitCode, calls, errors) = Run(["prod", "rg", "westeurope", "--resources"]);

        Assert.True(exitCode == 0, errors);
        Assert.Contains(calls, call => call.StartsWith("az deployment group create --resource-group rg --name radiomics-prod --parameters", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.StartsWith("dotnet", StringComparison.Ordinal) || call.Contains("config-zip", StringComparison.Ordinal) || call.Contains("subscriptions.bicep", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_one_leaves_the_key_alone()
    {
        var (exitCode, _, errors) = Run("prod", "rg", "westeurope", ("SECRETS", "another\nuid-key"));

        Assert.True(exitCode == 0, errors);
        Assert.Equal("", KeyOfDeployment());
    }

    [Theory]
    [InlineData("uid-key", "false")]
    [InlineData("uid-key\nconsole-client-secret", "true")]
    public void People_sign_in_with_their_accounts_once_the_vault_has_the_secret(string secrets, string signIn)
    {
        var (exitCode, _, errors) = Run("prod", "rg", "westeurope", ("SECRETS", secrets));

        Assert.True(exitCode == 0, errors);
        Assert.Equal(signIn, File.ReadAllText(Path.Combine(_folder.FullName, "console")));
    }

    [Fact]
    public void Where_nobody_says_whether_there_is_a_key_nothing_is_deployed()
    {
        var (exitCode, calls, _) = Run("prod", "rg", "westeurope", ("FAIL", "/secrets?"));

        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain(calls, call => call.StartsWith("az deployment", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", @"^\d{4}-\d\d-01$")]
    [InlineData("2026-03-01T00:00:00Z", "^2026-03-01$")]
    public void The_budget_keeps_the_month_in_which_it_was_made(string start, string expected)
    {
        var (exitCode, _, errors) = Run("dev", "rg", "westeurope", ("START", start));

        Assert.True(exitCode == 0, errors);
        Assert.Matches(expected, File.ReadAllText(Path.Combine(_folder.FullName, "start")).Trim());
    }

    [Fact]
    public void An_app_that_does_not_run_is_said_and_gets_no_subscriptions()
    {
        var (exitCode, calls, errors) = Run("prod", "rg", "westeurope", ("READY", "false"));

        Assert.Equal(1, exitCode);
        Assert.Contains("has no key blobs_extension", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.Contains("subscriptions.bicep", StringComparison.Ordinal));
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        var (exitCode, calls, errors) = Run(["prod", "rg", "westeurope", "--what-if"]);

        Assert.True(exitCode == 0, errors);
        // Else it wants the rights to write of somebody who only looks.
        Assert.Contains(calls, call => call.StartsWith("az deployment group what-if", StringComparison.Ordinal) && call.Contains(" --validation-level ProviderNoRbac ", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains(" create", StringComparison.Ordinal) || call.Contains(" register", StringComparison.Ordinal) || call.Contains("config-zip", StringComparison.Ordinal));
    }

    [Fact]
    public void What_if_looks_at_the_template_alone_where_Azure_asks_for_rights_all_the_same()
    {
        var (_, calls, _) = Run(["prod", "rg", "westeurope", "--what-if"], ("RADIOMICS_WHAT_IF_LEVEL", "Template"));

        Assert.Contains(calls, call => call.StartsWith("az deployment group what-if", StringComparison.Ordinal) && call.Contains(" --validation-level Template ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prod", "rg")]
    [InlineData("nowhere", "rg", "westeurope")]
    [InlineData("prod", "rg", "westeurope", "--force")]
    public void Wrong_arguments_are_refused_before_anything_happens(params string[] arguments)
    {
        var (exitCode, calls, errors) = Run(arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(calls);
        Assert.Contains("deploy.sh STAGE RESOURCE_GROUP LOCATION", errors, StringComparison.Ordinal);
    }

    private (int ExitCode, List<string> Calls, string Errors) Run(string stage, string group, string location, params (string Name, string Value)[] answers) =>
        Run([stage, group, location], answers);

    private (int ExitCode, List<string> Calls, string Errors) Run(string[] arguments, params (string Name, string Value)[] answers)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script is for bash");
        }

        var log = Path.Combine(_folder.FullName, "calls");
        Program(
            "az",
            """
            if [[ -n "$FAIL" && "$*" == *"$FAIL"* ]]; then exit 1; fi
            case "$*" in
              *"provider show"*) echo Registered ;;
              *"group show"*"functionAppName"*) echo app ;;
              *"group show"*"outputs.deployed"*) echo '{"functionAppName":"app"}' ;;
              *"group show --name"*) echo /subscriptions/s/resourceGroups/rg ;;
              *"/budgets"*) echo "$START" ;;
              *"keyvault list"*) echo /vault ;;
              *"/secrets"*) echo "$SECRETS" ;;
              *"keys list"*) echo "$READY" ;;
              *"--name radiomics-"*"bicepparam"*) printf %s "$RADIOMICS_UID_KEY" >"$FOLDER/key"; printf %s "$RADIOMICS_BUDGET_START" >"$FOLDER/start"; printf %s "$RADIOMICS_CONSOLE_SIGN_IN" >"$FOLDER/console" ;;
            esac
            """);
        Program("dotnet", """while [ "$1" != --output ]; do shift; done; mkdir -p "$2"; echo x >"$2/host.json" """);
        Program("openssl", $"echo {Secret}");
        Program("zip", "");
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FOLDER"] = _folder.FullName,
            ["LOG"] = log,
            ["FAIL"] = "",
            ["START"] = "",
            ["SECRETS"] = "another",
            ["READY"] = "true",
            ["RADIOMICS_DEPLOY_TRIES"] = "2",
            ["RADIOMICS_DEPLOY_PAUSE"] = "0",
        };
        foreach (var (name, value) in answers)
        {
            environment[name] = value;
        }

        var (exitCode, _, errors) = Programs.Run("bash", _folder.FullName, environment, [Path.Combine(Templates.Source, "deploy.sh"), .. arguments]);
        return (exitCode, File.Exists(log) ? [.. File.ReadAllLines(log)] : [], errors);
    }

    private string Write(string content)
    {
        var path = Path.Combine(_folder.FullName, "old-key");
        File.WriteAllText(path, content);
        return path;
    }

    private string KeyOfDeployment() => File.ReadAllText(Path.Combine(_folder.FullName, "key"));

    /// <summary>A program that writes down its arguments, and does what is said.</summary>
    private void Program(string name, string does)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\nprintf '%s\\n' \"{name} $*\" >>\"$LOG\"\n{does}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
