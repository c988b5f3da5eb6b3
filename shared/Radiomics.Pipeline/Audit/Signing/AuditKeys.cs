using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>Finds the key that vouches for the audit trail: the vault's that the setting <c>Radiomics__Audit__Key</c> names, or, on one's own machine, a file made on first start.</summary>
public static class AuditKeys
{
    private const string HowTo = "Set Radiomics__Audit__Key to the address of an EC key (P-256) in a Key Vault, as infra-bicep does: https://{vault}.vault.azure.net/keys/{name}.";

    /// <summary>The same by the settings alone, whatever else is wrong with them.</summary>
    /// <inheritdoc cref="Find(AuditOptions, IConfiguration)"/>
    public static IAuditKey Find(IConfiguration configuration)
    {
        var section = configuration.GetSection("Radiomics:Audit");
        var address = section[nameof(AuditOptions.Key)] is { Length: > 0 } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;
        return Find(new AuditOptions { Key = address, KeyClientId = section[nameof(AuditOptions.KeyClientId)], KeyFile = section[nameof(AuditOptions.KeyFile)] }, configuration);
    }

    /// <summary>The key. Local means: not in Azure (<see cref="AzureHosting"/>).</summary>
    /// <exception cref="InvalidOperationException">None can be used.</exception>
    public static IAuditKey Find(AuditOptions options, IConfiguration configuration) =>
        options.Key is { OriginalString.Length: > 0 } address ? Vault(address, options.KeyClientId)
        : AzureHosting.IsThere(configuration) ? throw new InvalidOperationException($"is missing; without it nobody vouches for the audit trail. {HowTo}")
        : LocalAuditKey.Open(options.KeyFile);

    private static VaultAuditKey Vault(Uri address, string? clientId) =>
        VaultAuditKey.IsAddress(address) ? new(address, StorageClients.Credential(clientId)) : throw new InvalidOperationException($"is no such address. {HowTo}");
}
