using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>Finds the secret under which UIDs are mapped: the setting <c>Radiomics__UidKey</c>, or, on one's own machine, a file made on first start.</summary>
public static class UidKeys
{
    private const int Bytes = 32;
    private const string HowTo = "Set Radiomics__UidKey to the base64 of at least 32 random bytes (for example: openssl rand -base64 32), and keep it: another key gives every study another UID.";

    /// <summary>
    /// The key. Local means: not in Azure (<see cref="AzureHosting"/>). The file lies in the user's profile,
    /// not in the storage account beside the data it protects, so every process of the user has the same key.
    /// </summary>
    /// <exception cref="InvalidOperationException">No usable key is set, and this is Azure.</exception>
    public static UidKey Find(IConfiguration configuration) => new(FindSecret(configuration));

    /// <summary>The key's bytes, for a backup.</summary>
    /// <inheritdoc cref="Find"/>
    public static byte[] FindSecret(IConfiguration configuration)
    {
        if (configuration["Radiomics:UidKey"] is { Length: > 0 } text)
        {
            return Decode(text, "The setting Radiomics__UidKey");
        }

        if (AzureHosting.IsThere(configuration))
        {
            throw new InvalidOperationException("The setting Radiomics__UidKey is missing; without it no study can be de-identified. " + HowTo);
        }

        return Decode(
            SecretFile.ReadOrMake(configuration["Radiomics:UidKeyFile"] ?? SecretFile.DefaultPath("uid-key"), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes))),
            "The UID key file");
    }

    private static byte[] Decode(string text, string what)
    {
        var secret = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), secret, out var length) && length >= Bytes
            ? secret[..length]
            : throw new InvalidOperationException($"{what} is not the base64 of at least {Bytes} bytes. {HowTo}");
    }
}
