using System.Text;
using Functions.Tests.Access;
using Radiomics.Pipeline;

namespace Functions.Tests.Sessions;

/// <summary>Every function of the console whose route names a center × every kind of caller × a center of theirs, somebody else's, and none, over HTTP through host and worker. The functions are those of the app's metadata.</summary>
public sealed class PageMatrixTests(ClosedApp app) : IClassFixture<ClosedApp>
{
    /// <summary>One for each function and method.</summary>
    public static TheoryData<string, string> Functions =>
        new(HttpFunction.All.Where(function => function is { NamesCenter: true, Rule.IsPage: true }).Select(function => (function.Name, function.Method)));

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Who_has_no_session_is_asked_to_sign_in_whatever_else_they_show(string name, string method)
    {
        var function = Find(name, method);
        var (key, _) = await app.NewKeyAsync("A", Enum.GetValues<Right>());
        foreach (var (who, headers) in new (string, (string, string)[])[]
        {
            ("nobody", []),
            ("a token of an admin", [("Authorization", $"Bearer {app.Issuer.Token("Admin")}")]),
            ("a key with all rights", [("X-Api-Key", key)]),
            ("somebody else's cookie", [("Cookie", "radiomics-session=CfDJ8")]),
        })
        {
            using var browser = new Browser(app.Url);
            foreach (var center in new[] { "A", "Z" })
            {
                var answer = await SendAsync(browser, function, center, [.. headers, ("RequestVerificationToken", await browser.TokenAsync())]);
                Assert.True(
                    method == "GET" ? answer.Status == 303 && answer.Header("Location")!.StartsWith("/signin?return=%2Fcenters%2F", StringComparison.Ordinal) : answer is { Status: 401, Code: "SignInNeeded" },
                    $"{who} reaches {name}: {answer}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Who_has_the_right_reaches_the_function_and_nobody_else(string name, string method)
    {
        var function = Find(name, method);
        foreach (var right in Enum.GetValues<Right>())
        {
            using var browser = new Browser(app.Url);
            var token = await SignInAsync(browser, "A", right);
            var own = await SendAsync(browser, function, "A", ("RequestVerificationToken", token));
            var foreign = await SendAsync(browser, function, "B", ("RequestVerificationToken", token));
            var unknown = await SendAsync(browser, function, "Z", ("RequestVerificationToken", token));

            Assert.True(function.Rule.Right == right ? own.Reached && own.Status != 303 | method != "GET" : own is { Status: 403, Code: "RightMissing" }, $"Who may {right}, at {name}: {own}");
            Assert.True(foreign is { Status: 404, Code: "UnknownCenter" }, $"{name} tells of another center: {foreign}");
            Assert.True(unknown is { Status: 404, Code: "UnknownCenter" }, $"{name} tells of no center: {unknown}");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Whatever_changes_something_asks_for_the_token_of_the_session(string name, string method)
    {
        var function = Find(name, method);
        using var browser = new Browser(app.Url);
        using var other = new Browser(app.Url);
        var own = await SignInAsync(browser, "A", Enum.GetValues<Right>());
        var others = await SignInAsync(other, "A", Enum.GetValues<Right>());

        var without = await SendAsync(browser, function, "A");
        var foreign = await SendAsync(browser, function, "A", ("RequestVerificationToken", others));
        var with = await SendAsync(browser, function, "A", ("RequestVerificationToken", own));

        Assert.True(with.Reached && with.Code != "FormTokenInvalid", $"{name}: {with}");
        foreach (var answer in new[] { without, foreign })
            Assert.True(method == "GET" ? answer.Reached : answer is { Status: 400, Code: "FormTokenInvalid" }, $"{name}: {answer}");
    }

    private static HttpFunction Find(string name, string method) => HttpFunction.All.Single(function => function.Name == name && function.Method == method);

    private static Task<Answer> SendAsync(Browser browser, HttpFunction function, string center, params (string, string)[] headers) => browser.SendAsync(
        new HttpMethod(function.Method), function.At(center), function.Method == "GET" ? null : new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded"), headers);

    // The page that says what was missing has the token.
    private async Task<string> SignInAsync(Browser browser, string center, params Right[] rights)
    {
        Assert.Equal(303, (await browser.SignInAsync((await app.NewKeyAsync(center, rights)).Text)).Status);
        return Browser.TokenOf((await browser.PostAsync("/signout", [])).Body);
    }
}
