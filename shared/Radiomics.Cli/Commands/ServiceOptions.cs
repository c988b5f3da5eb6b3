using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary>Options by which commands find storage account and service.</summary>
internal sealed class ServiceOptions(CommandHost host)
{
    public Option<string> Center { get; } = new("--center") { Description = "The center, e.g. A.", Required = true };

    public Option<string?> Connection { get; } = new("--connection")
    {
        Description = "Connection string of the storage account, or its address (https://….blob.core.windows.net) to go there as who is signed in; default: environment variable RadiomicsStorage, else Azurite on its usual ports.",
        HelpName = "STRING",
    };

    public Option<Uri?> Url { get; } = new("--url")
    {
        Description = "Base URL of the service; default: environment variable RADIOMICS_URL, else http://127.0.0.1:7071 if it answers there.",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError("--url must be an absolute http or https URL.");
            return null;
        },
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = "Function key of the service; default: environment variable RADIOMICS_KEY. "
            + "Who calls is said by the environment variables RADIOMICS_API_KEY or RADIOMICS_TOKEN, which no other process sees.",
    };

    /// <summary>The connection string that was configured, or null.</summary>
    public string? ConnectionString(ParseResult parsed) => parsed.GetValue(Connection) ?? host.Variable("RadiomicsStorage");

    /// <summary>The service that was named, or null.</summary>
    public ServiceClient? NamedService(ParseResult parsed)
    {
        var url = parsed.GetValue(Url) ?? (Uri.TryCreate(host.Variable("RADIOMICS_URL"), UriKind.Absolute, out var variable) ? variable : null);
        return url is null ? null : new ServiceClient(url, parsed.GetValue(Key) ?? host.Variable("RADIOMICS_KEY"), host.Variable("RADIOMICS_API_KEY"), host.Variable("RADIOMICS_TOKEN"));
    }

    /// <summary>The service on this machine's usual port, if it answers.</summary>
    public static async Task<ServiceClient?> LocalServiceAsync(CancellationToken cancellation)
    {
        var local = new ServiceClient(ServiceClient.DefaultUrl);
        if (await local.AnswersAsync(cancellation))
        {
            return local;
        }

        local.Dispose();
        return null;
    }
}
