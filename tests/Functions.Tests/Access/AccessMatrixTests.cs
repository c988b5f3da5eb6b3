using Microsoft.Azure.Functions.Worker;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;

namespace Functions.Tests.Access;

/// <summary>
/// Every HTTP function × every kind of caller × a center of theirs, somebody else's, and none. The functions are those of the app's metadata: one without a rule
/// fails here.
/// </summary>
public sealed class AccessMatrixTests(ClosedApp app) : IClassFixture<ClosedApp>
{
    private const string Own = "A";
    private const string Foreign = "B";
    private const string Nobodys = "Z";

    /// <summary>One for each function and method of the API whose route names a center.</summary>
    public static TheoryData<string, string> CenterFunctions =>
        new(HttpFunction.All.Where(function => function is { NamesCenter: true, Rule.IsPage: false }).Select(function => (function.Name, function.Method)));

    [Fact]
    public void Every_function_has_a_rule_and_every_rule_a_function() =>
        Assert.Equal(HttpFunction.All.Select(function => function.Name).Distinct().Order(StringComparer.Ordinal), RouteRules.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Whatever_names_a_center_needs_a_right_and_whatever_changes_something_more_than_reading()
    {
        foreach (var function in HttpFunction.All)
        {
            var rule = RouteRules.Of(function.Name);
            Assert.Equal(function.NamesCenter, rule.Right is not null);
            Assert.Equal(function.NamesCenter && function.Method is "GET", rule.Right == Right.Read);
            Assert.Equal(!function.Route.StartsWith("api/", StringComparison.Ordinal), rule.IsPage);
        }
    }

    [Fact]
    public void Whatever_is_read_says_what_for_the_audit_and_nothing_else_does()
    {
        foreach (var function in HttpFunction.All)
        {
            var rule = RouteRules.Of(function.Name);
            Assert.Equal(rule.Right == Right.Read, rule.Reads is not null);
            Assert.All(rule.Reads?.Id ?? [], part => Assert.Contains($"{{{part}}}", function.Route, StringComparison.Ordinal));
            Assert.NotEqual(0, rule.Reads?.Id.Count);
        }
    }

    [Fact]
    public void The_hosts_key_stands_before_all_but_what_is_open_and_the_console() => Assert.All(
        HttpFunction.All, function => Assert.Equal(function.Rule == RouteRule.Open || function.Rule.IsPage ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, function.Level));

    [Theory]
    [MemberData(nameof(CenterFunctions))]
    public async Task Who_has_the_right_reaches_the_function_and_nobody_else(string name, string method)
    {
        var function = HttpFunction.All.Single(f => f.Name == name && f.Method == method);
        var right = RouteRules.Of(name).Right;
        foreach (var (caller, rights) in await CallersAsync())
        {
            var own = await app.SendAsync(method, function.At(Own), caller);
            if (rights.Contains(right!.Value))
            {
                Assert.True(own.Reached, $"{caller} doesn't reach {name}: {own}");
            }
            else if (rights.Count > 0)
            {
                Assert.True(own is { Status: 403, Code: "RightMissing" }, $"{caller} isn't refused by {name}: {own}");
            }
            else
            {
                Assert.True(own is { Status: 404, Code: "UnknownCenter" }, $"{caller} learns of the center by {name}: {own}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(CenterFunctions))]
    public async Task Somebody_elses_center_and_one_that_is_not_there_are_answered_alike(string name, string method)
    {
        var function = HttpFunction.All.Single(f => f.Name == name && f.Method == method);
        foreach (var (caller, _) in await CallersAsync())
        {
            var foreign = await app.SendAsync(method, function.At(Foreign), caller);
            var unknown = await app.SendAsync(method, function.At(Nobodys), caller);

            Assert.True(foreign is { Status: 404, Code: "UnknownCenter" }, $"{caller} reaches {name}: {foreign}");
            // All but the address, which the caller wrote.
            Assert.Equal(unknown.Body, foreign.Body.Replace(function.At(Foreign), function.At(Nobodys), StringComparison.Ordinal));
            Assert.Equal(unknown.Headers, foreign.Headers);
        }
    }

    [Theory]
    [MemberData(nameof(CenterFunctions))]
    public async Task Who_may_all_reaches_the_function_at_every_center(string name, string method)
    {
        var function = HttpFunction.All.Single(f => f.Name == name && f.Method == method);
        var admin = Credentials.Token("an admin", app.Issuer.Token("Admin"));
        foreach (var center in new[] { Own, Foreign })
        {
            var answer = await app.SendAsync(method, function.At(center), admin);
            Assert.True(answer.Reached, $"An admin doesn't reach {name} at {center}: {answer}");
        }
    }

    [Theory]
    [MemberData(nameof(CenterFunctions))]
    public async Task Who_shows_nothing_that_holds_is_told_the_same_about_every_center(string name, string method)
    {
        var function = HttpFunction.All.Single(f => f.Name == name && f.Method == method);
        foreach (var (caller, code) in await StrangersAsync())
        {
            foreach (var center in new[] { Own, Foreign, Nobodys })
            {
                var answer = await app.SendAsync(method, function.At(center), caller);
                Assert.True(answer.Status == 401 && answer.Code == code, $"{caller} isn't refused by {name}: {answer}");
                Assert.Contains("WWW-Authenticate: Bearer", answer.Headers, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Who_submits_again_for_another_center_needs_the_right_there()
    {
        var path = $"/api/centers/A/quarantine/{new string('0', 32)}/resubmissions";
        foreach (var (rights, code) in new[] { (new[] { "Center.A.Submit" }, "UnknownCenter"), (["Center.A.Submit", "Center.B.Read"], "RightMissing"), (["Center.A.Submit", "Center.B.Submit"], "QuarantineNotFound") })
        {
            var answer = await app.SendAsync("POST", path, Credentials.Token("a sender", app.Issuer.Token(rights)), new StringContent("""{"center": "B"}""", System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal(code, answer.Code);
        }
    }

    [Fact]
    public async Task What_is_open_asks_for_nothing_and_tells_of_no_center()
    {
        app.Http.DefaultRequestHeaders.TryGetValues("x-functions-key", out var hostKey);
        Assert.NotNull(hostKey);
        using var stranger = new HttpClient { BaseAddress = app.Http.BaseAddress };
        foreach (var function in HttpFunction.All.Where(function => RouteRules.Of(function.Name) == RouteRule.Open))
        {
            using var response = await stranger.GetAsync(function.At(Own), TestContext.Current.CancellationToken);
            var answer = await Answer.ReadAsync(response);
            Assert.Equal(200, answer.Status);
            // As a value: "A" and "B" are in the document's examples, and the word is in its sentences.
            Assert.DoesNotContain("\"research\"", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_hosts_key_nobody_comes_as_far_as_to_the_worker()
    {
        using var stranger = new HttpClient { BaseAddress = app.Http.BaseAddress };
        foreach (var function in HttpFunction.All.Where(function => function.Rule != RouteRule.Open && !function.Rule.IsPage))
        {
            using var request = new HttpRequestMessage(new HttpMethod(function.Method), function.At(Own)) { Headers = { { "Authorization", $"Bearer {app.Issuer.Token("Admin")}" } } };
            using var response = await stranger.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((401, "KeyMissing"), ((int)response.StatusCode, (await Answer.ReadAsync(response)).Code));
        }
    }

    [Fact]
    public async Task A_subscription_asks_for_leave_without_a_token()
    {
        using var handshake = new HttpRequestMessage(HttpMethod.Options, "/api/dicom-events") { Headers = { { "WebHook-Request-Origin", "eventgrid.azure.net" } } };
        using var response = await app.Http.SendAsync(handshake, TestContext.Current.CancellationToken);
        Assert.Equal("eventgrid.azure.net", response.Headers.GetValues("WebHook-Allowed-Origin").Single());
    }

    [Fact]
    public async Task Events_are_taken_from_who_has_the_role_for_it_and_no_other()
    {
        var (key, _) = await app.NewKeyAsync("A", Enum.GetValues<Right>());
        foreach (var (caller, status, code) in new[]
        {
            (new Credentials("nobody"), 401, "CredentialsMissing"),
            (Credentials.Token("an admin", app.Issuer.Token("Admin")), 403, "RightMissing"),
            (Credentials.Token("a token with all rights", app.Issuer.Token([.. Enum.GetNames<Right>().Select(right => $"Center.A.{right}")])), 403, "RightMissing"),
            (Credentials.Token("almost the role", app.Issuer.Token(ClosedApp.EventsRole.ToLowerInvariant())), 403, "RightMissing"),
            (Credentials.Key("a key", key), 403, "RightMissing"),
            (Credentials.Token("Event Grid", app.Issuer.Token(ClosedApp.EventsRole)), 400, "InvalidEvents"),
        })
        {
            var answer = await app.SendAsync("POST", "/api/dicom-events", caller, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal((caller.Name, status, code), (caller.Name, answer.Status, answer.Code));
        }
    }

    /// <summary>Spellings of other centers, and such as may look like one's own to somebody.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("%42")]
    [InlineData("A%2FB")]
    [InlineData("B%2F..%2FA")]
    [InlineData("%2e%2e%2FB")]
    [InlineData("A%20")]
    [InlineData("A;B")]
    [InlineData("%EF%BC%A1")]
    public async Task However_it_is_spelled_another_center_is_not_there(string center)
    {
        var own = Credentials.Token("all rights at A", app.Issuer.Token([.. Enum.GetNames<Right>().Select(right => $"Center.A.{right}")]));
        foreach (var function in HttpFunction.All.Where(function => function is { NamesCenter: true, Rule.IsPage: false }))
        {
            var answer = await app.SendAsync(function.Method, function.At(center), own);
            Assert.True(answer is { Status: 404, Code: null or "UnknownCenter" }, $"{function.Name} is reached at {center}: {answer}");
        }
    }

    [Fact]
    public async Task One_s_own_center_may_be_escaped()
    {
        var answer = await app.SendAsync("GET", "/api/centers/%41/models/3.0T", Credentials.Token("a reader of A", app.Issuer.Token("Center.A.Read")));
        Assert.True(answer.Reached, $"{answer}");
    }

    // Everybody who is somebody, with what they may at center A. None of them has anything at B.
    private async Task<IReadOnlyList<(Credentials Caller, HashSet<Right> Rights)>> CallersAsync()
    {
        List<(Credentials, HashSet<Right>)> callers =
        [
            (Credentials.Token("a token without roles", app.Issuer.Token()), []),
            (Credentials.Token("a token of another center", app.Issuer.Token([.. Enum.GetNames<Right>().Select(right => $"Center.C.{right}")])), []),
            (Credentials.Token("a token with roles that only look like some", app.Issuer.Token(
                "center.A.Read", "Center.a.Read", "Center.A.read", "Center.A.1", "Center.A.*", "Center.*.Read", "Center..Read", "Center.A.Read.All", "Center.A.Submit,Read", "Center.A. Read", "admin")), []),
            (Credentials.Token("a token with all rights", app.Issuer.Token([.. Enum.GetNames<Right>().Select(right => $"Center.A.{right}")])), [.. Enum.GetValues<Right>()]),
        ];
        foreach (var right in Enum.GetValues<Right>())
        {
            callers.Add((Credentials.Token($"a token to {right}", app.Issuer.Token($"Center.A.{right}")), [right]));
            callers.Add((Credentials.Key($"a key to {right}", (await app.NewKeyAsync("A", right)).Text), [right]));
        }

        return callers;
    }

    // Everybody who is nobody, with what they are told.
    private async Task<IReadOnlyList<(Credentials Caller, string Code)>> StrangersAsync()
    {
        string[] roles = ["Admin", "Center.A.Read", "Center.A.Submit", "Center.A.Train", "Center.A.Approve"];
        using var other = new TokenIssuer(app.Issuer.Issuer, TokenIssuer.Audience);
        var good = app.Issuer.Token(roles);
        var (revoked, id) = await app.NewKeyAsync("A", Enum.GetValues<Right>());
        await app.Keys.RevokeAsync(id, "tests");
        var (ended, _) = await app.Keys.AddAsync("A", Enum.GetValues<Right>(), "tests", TimeSpan.FromTicks(1), "tests");
        var (key, _) = await app.NewKeyAsync("A", Enum.GetValues<Right>());
        return
        [
            (new("nobody"), "CredentialsMissing"),
            (Credentials.Token("an ended token", app.Issuer.Token(token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-2)), roles)), "CredentialsInvalid"),
            (Credentials.Token("a token that doesn't end", app.Issuer.Token(token => token.Expires = null, roles)), "CredentialsInvalid"),
            (Credentials.Token("a token of the future", app.Issuer.Token(token => token.NotBefore = DateTime.UtcNow.AddMinutes(5), roles)), "CredentialsInvalid"),
            (Credentials.Token("a token for another service", app.Issuer.Token(token => token.Audience = "00000000-0000-0000-0000-0000000000a2", roles)), "CredentialsInvalid"),
            (Credentials.Token("a token of another tenant", app.Issuer.Token(token => token.Issuer = "https://issuer.example/other/v2.0", roles)), "CredentialsInvalid"),
            (Credentials.Token("a token under another key", other.Token(roles)), "CredentialsInvalid"),
            (Credentials.Token("a changed token", app.Issuer.Forged(roles)), "CredentialsInvalid"),
            (Credentials.Token("an unsigned token", app.Issuer.Unsigned(roles)), "CredentialsInvalid"),
            (Credentials.Token("a token under the public key", app.Issuer.SignedWithPublicKey(roles)), "CredentialsInvalid"),
            (Credentials.Token("a token of nobody", app.Issuer.Token(token => token.Claims.Remove("oid"), roles)), "CredentialsInvalid"),
            (Credentials.Token("no token", "x"), "CredentialsInvalid"),
            (new("a password", ("Authorization", "Basic eDp5")), "CredentialsInvalid"),
            (Credentials.Key("an unknown key", ApiKey.Create().Reveal()), "CredentialsInvalid"),
            (Credentials.Key("a key with another's secret", $"{key[..27]}{ApiKey.Create().Secret}"), "CredentialsInvalid"),
            (Credentials.Key("a revoked key", revoked), "CredentialsInvalid"),
            (Credentials.Key("an ended key", ended.Reveal()), "CredentialsInvalid"),
            (Credentials.Key("no key", "x"), "CredentialsInvalid"),
            (new("two keys", ("X-Api-Key", key), ("X-Api-Key", key)), "CredentialsInvalid"),
            (new("a token and a key", ("Authorization", $"Bearer {good}"), ("X-Api-Key", key)), "CredentialsInvalid"),
        ];
    }
}
