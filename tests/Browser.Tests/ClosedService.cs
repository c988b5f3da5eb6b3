using Radiomics;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>A service that asks callers who they are: people sign in with a center's key.</summary>
public sealed class ClosedService() : Service(new AzuriteFixture(), isOwn: true)
{
    private ApiKeyStore? _keys;

    private protected override (Dictionary<string, string?> Settings, string[] Arguments) Configuration =>
        (new() { ["Radiomics__Auth__Required"] = "true" }, ["--enable-auth"]);

    public ApiKeyStore Keys => _keys ??= new ApiKeyStore(Store, TestAuditKey.Trail(Store), TimeProvider.System);

    /// <summary>A new key of a center.</summary>
    public async Task<(string Text, string Id)> NewKeyAsync(string center, params Right[] rights)
    {
        var (key, record) = await Keys.AddAsync(center, rights, "browser tests", null, "tests");
        return (key.Reveal(), record.Id);
    }
}
