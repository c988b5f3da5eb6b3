using Radiomics.Cli.Local;

namespace Benchmarks.Service;

/// <summary>A way in which the service runs.</summary>
/// <param name="Name">Column of the table.</param>
/// <param name="Command">Arguments of <c>dotnet</c>, but for the port.</param>
internal sealed record ServiceVariant(string Name, IReadOnlyList<string> Command)
{
    /// <summary>As it is built with these benchmarks.</summary>
    public static ServiceVariant Now()
    {
        var files = ServiceFiles.Find(null, Environment.GetEnvironmentVariable);
        return new("now", [files.Host, "--app", files.App]);
    }

    /// <summary>Another build of host and app.</summary>
    /// <param name="name">Column of the table.</param>
    /// <param name="folder">The host's output in <c>host/</c>, the app's in <c>functions/</c>.</param>
    public static ServiceVariant Of(string name, string folder)
    {
        folder = Path.GetFullPath(folder);
        return new(name, [Path.Combine(folder, "host", "LocalHost.dll"), "--app", Path.Combine(folder, "functions")]);
    }

    /// <summary>As it was while the app was its own host.</summary>
    /// <param name="folder">Where that build lies.</param>
    public static ServiceVariant Before(string folder) => new("before", [Path.GetFullPath(Path.Combine(folder, "RadiomicsFunctions.dll"))]);
}
