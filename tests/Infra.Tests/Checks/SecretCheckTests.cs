using System.Security.Cryptography;

namespace Infra.Tests.Checks;

/// <summary><c>secrets.mjs</c>: secrets that are planted, made anew each time, so that none lies here.</summary>
public sealed class SecretCheckTests : IDisposable
{
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly CheckRun _check = new();

    public static TheoryData<string, Func<string>> Secrets => new()
    {
        { "key of a storage account", () => $"AccountName=x;AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))};" },
        { "signature of a shared access signature", () => $"https://x.blob.example/c/b?sv=1&sig={Uri.EscapeDataString(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))}" },
        { "secret of an Entra application", () => $"secret: {Letters(3)}8Q~{Letters(34)}" },
        { "key of a function or its host", () => $"code={Letters(44)}AzFu{Letters(8)}==" },
        { "connection to Application Insights or Event Grid that carries a key", () => $"aeg-sas-key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}" },
        { "key by which UIDs are mapped", () => $"\"Radiomics__UidKey\": \"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\"" },
        { "API key of this service", () => $"x: radiomics_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}_{Letters(43)}" },
        { "private key", () => RSA.Create(2048).ExportRSAPrivateKeyPem() },
        { "GitHub", () => $"token: ghp_{Letters(36)}" },
    };

    public void Dispose() => _check.Dispose();

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_planted_secret_is_found_and_not_repeated(string kind, Func<string> make)
    {
        var secret = make();
        _check.Write("settings.txt", $"first line\n{secret}\n");
        _check.Commit();

        var (exitCode, output, errors) = _check.Run("secrets");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("settings.txt:2 (HEAD): ", errors, StringComparison.Ordinal);
        Assert.Contains(kind, errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret[^20..^4], output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_was_taken_out_again_is_found_in_the_history()
    {
        _check.Write("settings.txt", $"AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}\n");
        _check.Commit();
        _check.Write("settings.txt", "nothing\n");
        _check.Commit();

        var (exitCode, _, errors) = _check.Run("secrets");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("settings.txt:1 (history, blob ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_not_committed_yet_is_found_and_one_in_a_message_too()
    {
        _check.Commit($"by AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}");
        _check.Write("new.txt", $"AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}\n");

        var (exitCode, _, errors) = _check.Run("secrets");

        Assert.Equal(1, exitCode);
        Assert.Contains("new.txt:1 (not committed): ", errors, StringComparison.Ordinal);
        Assert.Contains("commit messages:2 (history): ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_emulators_well_known_key_and_the_digests_of_lock_files_are_none()
    {
        _check.Write("settings.txt", $"AccountName=devstoreaccount1;AccountKey={EmulatorKey};\n");
        _check.Write("packages.lock.json", $$"""{"contentHash": "{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}}"}""");
        _check.Write("package-lock.json", $$"""{"integrity": "sha512-{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}}"}""");
        _check.Commit();

        var (exitCode, output, errors) = _check.Run("secrets");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("secrets: 4 versions of files looked at", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_was_cut_off_is_not_known_and_no_pass()
    {
        _check.Write("a.txt", "a\n");
        _check.Commit();
        _check.Write("a.txt", "b\n");
        _check.Commit();
        using var clone = new CheckRun();
        clone.Git("fetch", "--quiet", "--depth", "1", new Uri(_check.At("")).AbsoluteUri, "main");
        clone.Git("reset", "--quiet", "--hard", "FETCH_HEAD");

        var (exitCode, _, errors) = clone.Run("secrets");

        Assert.Equal(77, exitCode);
        Assert.StartsWith("The history is cut off", errors, StringComparison.Ordinal);
    }

    private static string Letters(int count) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", count);
}
