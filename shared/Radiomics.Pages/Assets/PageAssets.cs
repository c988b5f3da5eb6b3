using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Radiomics.Pages;

/// <summary>The files that pages load, out of this assembly: styles, and what TypeScript was bundled to.</summary>
public static class PageAssets
{
    private const string Folder = "assets/";

    private static readonly FrozenDictionary<string, Asset> s_all = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], Read, StringComparer.Ordinal);

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>A file; null if there is none of this name.</summary>
    public static Asset? Find(string name) => s_all.GetValueOrDefault(name);

    /// <summary>Where the service has a file; browsers may keep what is there for good.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public static string Url(string name) => $"/{Folder}{name}?v={s_all[name].Version}";

    private static Asset Read(string resource)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(content, ContentTypeOf(resource), Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".png" => "image/png",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        ".wasm" => "application/wasm",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"Nobody said what a file {other} is."),
    };
}
