using Microsoft.Extensions.Configuration;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The secret under which the service maps UIDs, for commands that map them as it does.</summary>
internal static class ServiceKey
{
    /// <summary>Finds it where the service on this machine would: the settings <c>Radiomics__UidKey</c> and <c>Radiomics__UidKeyFile</c>, else this user's key file.</summary>
    /// <exception cref="InvalidOperationException">A setting is there and can't be used.</exception>
    public static UidKey Find(CommandHost host) => new(FindSecret(host));

    /// <summary>The key's bytes.</summary>
    /// <inheritdoc cref="Find"/>
    public static byte[] FindSecret(CommandHost host)
    {
        var settings = new Dictionary<string, string?> { ["Radiomics:UidKey"] = host.Variable("Radiomics__UidKey"), ["Radiomics:UidKeyFile"] = host.Variable("Radiomics__UidKeyFile") };
        return UidKeys.FindSecret(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}
