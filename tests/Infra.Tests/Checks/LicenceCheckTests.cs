namespace Infra.Tests.Checks;

/// <summary><c>licences.mjs</c>: what it lets pass, what it doesn't, and where it looks.</summary>
public sealed class LicenceCheckTests : IDisposable
{
    private const string Rules = """
        {"allowed": ["MIT", "Apache-2.0", "CC0-1.0"], "files": [{"sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "licence": "MIT"}],
         "addresses": {"https://known.example": "MIT"}, "exceptions": []}
        """;

    private readonly CheckRun _check = new();

    public void Dispose() => _check.Dispose();

    [Theory]
    [InlineData("""<license type="expression">MIT</license>""")]
    [InlineData("""<license type="expression">GPL-3.0-only OR (MIT AND Apache-2.0)</license>""")]
    [InlineData("""<license type="file">LICENSE</license>""")]
    [InlineData("<licenseUrl>https://known.example</licenseUrl>")]
    public void A_licence_that_is_allowed_passes(string licence) => Assert.Equal((0, ""), Verdict(licence));

    [Theory]
    [InlineData("""<license type="expression">GPL-3.0-only</license>""", "GPL-3.0-only")]
    [InlineData("""<license type="expression">MIT AND GPL-3.0-only</license>""", "MIT AND GPL-3.0-only")]
    [InlineData("""<license type="expression">Apache-2.0 WITH Some-exception</license>""", "Apache-2.0 WITH Some-exception")]
    [InlineData("""<license type="file">OTHER</license>""", "file OTHER, 4895ecc6f0c011072af486ea30a1239caa1b297fb61ecaca8ac94d9c2071be22")]
    [InlineData("""<license type="file">GONE</license>""", "file GONE, that is not there")]
    [InlineData("<licenseUrl>https://unknown.example</licenseUrl>", "https://unknown.example")]
    [InlineData("", "no licence, or the package is not restored")]
    public void A_package_with_a_licence_that_nobody_has_allowed_is_named(string licence, string told) =>
        Assert.Equal((1, $"NuGet Some.Package 1.2.3, of app/packages.lock.json: {told}\n"), Verdict(licence));

    [Fact]
    public void A_package_that_is_not_restored_is_unknown()
    {
        _check.Write("app/packages.lock.json", """{"version": 1, "dependencies": {"net10.0": {"Some.Package": {"type": "Direct", "resolved": "1.2.3"}}}}""");

        Assert.Equal((1, "NuGet Some.Package 1.2.3, of app/packages.lock.json: no licence, or the package is not restored\n"), Run(Rules));
    }

    [Fact]
    public void A_package_of_npm_is_looked_at_too()
    {
        _check.Write("page/package-lock.json", """{"packages": {"": {}, "node_modules/a": {"version": "1.0.0", "license": "MIT"}, "node_modules/a/node_modules/@b/c": {"version": "2.0.0", "license": "WTFPL"}}}""");

        Assert.Equal((1, "npm @b/c 2.0.0, of page/package-lock.json: WTFPL\n"), Run(Rules));
    }

    [Fact]
    public void What_the_Functions_SDK_adds_and_no_lock_file_has_is_looked_at_too()
    {
        _check.Write("functions/obj/Debug/net10.0/WorkerExtensions/obj/project.assets.json", """{"libraries": {"Some.Package/1.2.3": {"type": "package"}, "WorkerExtensions/1.0.0": {"type": "project"}}}""");
        Package("""<license type="expression">GPL-3.0-only</license>""");

        Assert.Equal(1, Run(Rules).ExitCode);
    }

    [Fact]
    public void An_exception_is_for_the_packages_that_it_names_and_one_that_nothing_needs_is_a_failure()
    {
        string Excepting(string name) => Rules.Replace("\"exceptions\": []", $$"""
            "exceptions": [{"packages": ["{{name}}"], "licence": "GPL-3.0-only", "why": "a test"}]
            """, StringComparison.Ordinal);
        Lock();
        Package("""<license type="expression">GPL-3.0-only</license>""");

        Assert.Equal((0, ""), Run(Excepting("Some.*")));
        Assert.Equal((0, ""), Run(Excepting("some.package")));
        Assert.Equal(
            (1, "NuGet Some.Package 1.2.3, of app/packages.lock.json: GPL-3.0-only\nSome: excepted with GPL-3.0-only, and nothing here needs that\n"), Run(Excepting("Some")));
    }

    [Fact]
    public void Where_no_package_is_named_nothing_is_said_to_be_right() => Assert.Equal((2, "No lock file names a package: restore first.\n"), Run(Rules));

    private (int ExitCode, string Errors) Verdict(string licence)
    {
        Lock();
        Package(licence);
        return Run(Rules);
    }

    private void Lock() =>
        _check.Write("app/packages.lock.json", """{"version": 1, "dependencies": {"net10.0": {"Some.Package": {"type": "Direct", "resolved": "1.2.3"}, "own": {"type": "Project"}}}}""");

    private void Package(string licence)
    {
        _check.Write("packages/some.package/1.2.3/Some.Package.nuspec", $"<package><metadata><id>Some.Package</id>{licence}</metadata></package>");
        _check.Write("packages/some.package/1.2.3/LICENSE", "x");
        _check.Write("packages/some.package/1.2.3/OTHER", "another text");
    }

    private (int ExitCode, string Errors) Run(string rules)
    {
        var (exitCode, _, errors) = _check.Run("licences", "--packages", _check.At("packages"), "--rules", _check.Write("rules.json", rules));
        return (exitCode, errors);
    }
}
