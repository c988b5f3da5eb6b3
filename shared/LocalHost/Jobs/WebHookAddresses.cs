using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Config;

namespace LocalHost.Jobs;

/// <summary>The extensions that are called over HTTP (<c>/runtime/webhooks/{extension}</c>), and the addresses under which they are told to be.</summary>
#pragma warning disable CS0618 // "Not for public use": it is how a host tells extensions their addresses.
internal sealed class WebHookAddresses(Func<Uri> baseAddress, Func<string?> systemKey) : IWebHookProvider
#pragma warning restore CS0618
{
    public const string Path = "runtime/webhooks";

    private readonly ConcurrentDictionary<string, IAsyncConverter<HttpRequestMessage, HttpResponseMessage>> _extensions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The extension of this name; null if there is none.</summary>
    public IAsyncConverter<HttpRequestMessage, HttpResponseMessage>? Find(string name) => _extensions.GetValueOrDefault(name);

    public Uri GetUrl(IExtensionConfigProvider extension)
    {
        var type = extension.GetType();
        var attribute = type.GetCustomAttribute<ExtensionAttribute>();
        var name = (attribute?.ConfigurationSection ?? attribute?.Name ?? type.Name).ToLowerInvariant();
        if (extension is IAsyncConverter<HttpRequestMessage, HttpResponseMessage> called)
            _extensions[name] = called;
        return Address(name);
    }

    /// <summary>The address of an extension, with the key that it asks for.</summary>
    public Uri Address(string extension)
    {
        var key = systemKey() is { } code ? $"?code={Uri.EscapeDataString(code)}" : "";
        return new Uri(baseAddress(), $"{Path}/{extension}{key}");
    }
}
