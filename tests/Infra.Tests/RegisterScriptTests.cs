using System.Text.Json.Nodes;
using Radiomics;
using Radiomics.Pipeline;

namespace Infra.Tests;

/// <summary>
/// <c>register.sh</c>, with a program in place of <c>az</c> that keeps a directory as Entra ID does: what is written to a list replaces it, an enabled role or scope can't
/// be left out, a client can be let in only to scopes that are there, and nobody gets a role twice.
/// </summary>
public sealed class RegisterScriptTests : IDisposable
{
    private const string Client = "00000000-0000-0000-0000-0000000000a1";
    private const string AzureCli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    private const string EventGrid = "4962773b-9cdb-44cf-a8bf-237846a00ab7";
    private const string EventsRole = "AzureEventGridSecureWebhookSubscriber";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("register-");

    private JsonNode Application => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "directory.json")))!["application"]!;

    private IEnumerable<(string Who, string Role)> Assignments => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "directory.json")))!["assignments"]!.AsArray()
        .Select(given => ((string)given!["principalId"]!, Roles().Single(role => role.Value == (string)given["appRoleId"]!).Key));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_right_at_every_center_is_a_role_under_an_id_of_its_own_that_stays()
    {
        string[] centers = [.. new CenterProfiles(Path.Combine(TestData.RepositoryRoot, "models")).Centers];

        var (exitCode, output, errors) = Run("radiomics-prod", centers);
        var first = Roles();
        var again = Run("radiomics-prod", [.. centers, "new"]);
        var later = Roles();

        Assert.True(exitCode == 0, errors);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal((Client, Client), (output.Trim(), again.Output.Trim()));
        var expected = centers.SelectMany(center => Enum.GetValues<Right>().Select(right => $"{new CenterRole(center, right)}")).Append(CenterRole.Admin).Append(EventsRole);
        Assert.Equal(expected.Order(StringComparer.Ordinal), first.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first.Count, first.Values.Distinct().Count());
        Assert.All(first, role => Assert.Equal(role.Value, later[role.Key]));
        Assert.Equal(first.Count + 4, later.Count);
        Assert.Single(Calls(), call => call.StartsWith("ad app create", StringComparison.Ordinal));
    }

    [Fact]
    public void What_others_have_added_stays_when_new_centers_come()
    {
        Run("radiomics-prod", ["A"]);
        const string Other = """{"id":"00000000-0000-0000-0000-0000000000b7","value":"%","displayName":"d","description":"d","isEnabled":true,"allowedMemberTypes":["User"]}""";
        Change(application =>
        {
            application["appRoles"]!.AsArray().Add(JsonNode.Parse(Other.Replace("%", "Theirs", StringComparison.Ordinal)));
            application["identifierUris"]!.AsArray().Add("api://theirs");
            application["api"]!["oauth2PermissionScopes"]!.AsArray().Add(JsonNode.Parse("""{"id":"00000000-0000-0000-0000-0000000000b8","value":"theirs","type":"User","isEnabled":true}"""));
            application["api"]!["preAuthorizedApplications"]!.AsArray().Add(JsonNode.Parse("""{"appId":"theirs","delegatedPermissionIds":["00000000-0000-0000-0000-0000000000b8"]}"""));
            application["api"]!["preAuthorizedApplications"]![0]!["delegatedPermissionIds"]!.AsArray().Add("00000000-0000-0000-0000-0000000000b8");
        });

        // Only the new center is named: those of before stay.
        var (exitCode, _, errors) = Run("radiomics-prod", ["B"]);

        Assert.True(exitCode == 0, errors);
        Assert.Superset(new HashSet<string> { "Theirs", "Center.A.Read", "Center.B.Read", CenterRole.Admin }, Roles().Keys.ToHashSet());
        Assert.Equal(["api://theirs", $"api://{Client}"], Application["identifierUris"]!.AsArray().Select(uri => (string)uri!));
        Assert.Equal(2, Application["api"]!["oauth2PermissionScopes"]!.AsArray().Count);
        var clients = Application["api"]!["preAuthorizedApplications"]!.AsArray();
        Assert.Equal(["theirs", AzureCli], clients.Select(client => (string)client!["appId"]!));
        Assert.Equal(2, clients[1]!["delegatedPermissionIds"]!.AsArray().Count);
    }

    [Fact]
    public void People_get_tokens_through_the_Azure_CLI_without_being_asked()
    {
        var (exitCode, _, errors) = Run("radiomics-prod", ["A"]);

        Assert.True(exitCode == 0, errors);
        var scope = Assert.Single(Application["api"]!["oauth2PermissionScopes"]!.AsArray())!;
        var client = Assert.Single(Application["api"]!["preAuthorizedApplications"]!.AsArray())!;
        Assert.Equal(("access_as_user", true), ((string)scope["value"]!, (bool)scope["isEnabled"]!));
        Assert.Equal((AzureCli, (string)scope["id"]!), ((string)client["appId"]!, (string)Assert.Single(client["delegatedPermissionIds"]!.AsArray())!));
        Assert.Equal($"api://{Client}", (string)Assert.Single(Application["identifierUris"]!.AsArray())!);
        Assert.Equal(2, (int)Application["api"]!["requestedAccessTokenVersion"]!);
    }

    [Theory]
    [InlineData("user", "", "signed-in-person")]
    [InlineData("servicePrincipal", "", "principal-of-signed-in-app")]
    [InlineData("user", "pipeline-1 pipeline-2", "pipeline-1", "pipeline-2")]
    public void Event_Grid_and_whoever_deploys_get_the_role_of_its_events_once(string kind, string named, params string[] deployers)
    {
        (string, string)[] environment = [("KIND", kind), ("RADIOMICS_DEPLOYERS", named)];

        var (exitCode, _, errors) = Run("radiomics-prod", ["A"], environment);
        var again = Run("radiomics-prod", ["A"], environment);

        Assert.True(exitCode == 0, errors);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(deployers.Prepend($"principal-of-{EventGrid}").Select(who => (who, EventsRole)), Assignments);
        Assert.Contains($"ad sp create --id {EventGrid} --query id --output tsv --only-show-errors", Calls());
    }

    [Fact]
    public void A_role_that_the_directory_does_not_know_yet_is_given_a_little_later()
    {
        var (exitCode, _, errors) = Run("radiomics-prod", ["A"], ("LATE", "2"));

        Assert.True(exitCode == 0, errors);
        Assert.Equal(2, Assignments.Count());
    }

    [Fact]
    public void The_console_is_known_to_the_registration_and_its_secret_goes_into_the_vault_alone()
    {
        (string, string)[] environment = [("RADIOMICS_CONSOLE", "https://radiomics.example.org/"), ("RADIOMICS_VAULT", "radiomics-prod-abc")];
        Run("radiomics-prod", ["A"]);
        Change(application => application["web"]!["redirectUris"]!.AsArray().Add("https://theirs.example.org/"));

        var (exitCode, output, errors) = Run("radiomics-prod", ["A"], environment);
        var again = Run("radiomics-prod", ["A"], environment);
        var kept = Vault();
        var renewed = Run("radiomics-prod", ["A"], [.. environment, ("RADIOMICS_CONSOLE_SECRET", "new")]);

        Assert.True(exitCode == 0, errors);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.True(renewed.ExitCode == 0, renewed.Errors);
        Assert.Equal(Client, output.Trim());
        Assert.Equal(
            ["https://theirs.example.org/", "https://radiomics.example.org/signin/callback", "https://radiomics.example.org/signin"],
            Application["web"]!["redirectUris"]!.AsArray().Select(address => (string)address!));
        // Made once, and a second time only when asked for; the first one stays good until it ends.
        Assert.Equal(("secret-0", "secret-1"), (kept, Vault()));
        Assert.Equal(2, Application["credentials"]!.AsArray().Count);
        Assert.DoesNotContain(Calls(), call => call.Contains("secret-0", StringComparison.Ordinal));
        Assert.DoesNotContain("secret-0", output + errors, StringComparison.Ordinal);

        string Vault() => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "directory.json")))!["vault"]!["console-client-secret"]!;
    }

    [Theory]
    [InlineData("https://radiomics.example.org", "")]
    [InlineData("", "radiomics-prod-abc")]
    [InlineData("http://radiomics.example.org", "radiomics-prod-abc")]
    [InlineData("https://radiomics.example.org/console", "radiomics-prod-abc")]
    [InlineData("https://a\"b.example.org", "radiomics-prod-abc")]
    public void A_console_that_cannot_be_is_refused_before_anything_happens(string console, string vault)
    {
        var (exitCode, _, _) = Run("radiomics-prod", ["A"], ("RADIOMICS_CONSOLE", console), ("RADIOMICS_VAULT", vault));

        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "calls")));
    }

    [Fact]
    public void What_the_registration_sends_people_back_to_is_what_the_service_has_there()
    {
        var script = File.ReadAllText(Path.Combine(Templates.Source, "register.sh"));
        Assert.Contains($"$console{RadiomicsFunctions.Sessions.AccountSignIn.CallbackPath}\\\", \\\"$console{RadiomicsFunctions.Sessions.AccountSignIn.SignInPath}\\\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_role_is_the_one_that_the_deployment_asks_events_for() =>
        Assert.Contains($"Radiomics__Auth__EventsRole: '{EventsRole}'", File.ReadAllText(Path.Combine(Templates.Source, "modules", "functionApp.bicep")), StringComparison.Ordinal);

    [Theory]
    [InlineData("radiomics-prod")]
    [InlineData("radiomics-prod", "A\", \"isEnabled")]
    public void Wrong_arguments_are_refused_before_anything_happens(params string[] arguments)
    {
        var (exitCode, _, _) = Run(arguments[0], arguments[1..]);

        Assert.Equal(2, exitCode);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "calls")));
    }

    private Dictionary<string, string> Roles() => Application["appRoles"]!.AsArray().ToDictionary(role => (string)role!["value"]!, role => $"{Guid.Parse((string)role!["id"]!)}");

    private string[] Calls() => File.ReadAllLines(Path.Combine(_folder.FullName, "calls"));

    private void Change(Action<JsonNode> change)
    {
        var path = Path.Combine(_folder.FullName, "directory.json");
        var directory = JsonNode.Parse(File.ReadAllText(path))!;
        change(directory["application"]!);
        File.WriteAllText(path, directory.ToJsonString());
    }

    private (int ExitCode, string Output, string Errors) Run(string name, string[] centers, params (string Name, string Value)[] more)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script is for bash");
        }

        var az = Path.Combine(_folder.FullName, "az");
        File.Copy(Path.Combine(TestData.RepositoryRoot, "tests", "Infra.Tests", "StandIns", "az-directory.js"), az, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FOLDER"] = _folder.FullName,
            ["CLIENT"] = Client,
            ["KIND"] = "user",
            ["LATE"] = "0",
            ["RADIOMICS_DEPLOYERS"] = "",
            ["RADIOMICS_REGISTER_PAUSE"] = "0",
        };
        foreach (var (variable, value) in more)
        {
            environment[variable] = value;
        }

        return Programs.Run("bash", _folder.FullName, environment, [Path.Combine(Templates.Source, "register.sh"), name, .. centers]);
    }
}
