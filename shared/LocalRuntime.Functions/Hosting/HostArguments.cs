using System.Globalization;

namespace LocalRuntime.Functions.Hosting;

/// <summary>The host's own command-line arguments; the rest is the app's configuration.</summary>
internal sealed record HostArguments
{
    /// <summary>The port on loopback; 0 is any free one, null is what local.settings.json says, else 7071.</summary>
    public int? Port { get; init; }

    /// <summary>Ask HTTP callers for keys, as the cloud does.</summary>
    public bool EnableAuth { get; init; }

    /// <summary>A file that gets the bound URL once the host serves.</summary>
    public string? ReadyFile { get; init; }

    /// <summary>A process whose end also ends this host.</summary>
    public int? ParentPid { get; init; }

    /// <summary>Why the arguments can't be used, as a sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>The arguments that aren't the host's.</summary>
    public string[] Rest { get; init; } = [];

    public static HostArguments Parse(string[] args)
    {
        var result = new HostArguments();
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, inline) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], (string?)null);
            if (name == "--enable-auth")
            {
                result = result with { EnableAuth = !"false".Equals(inline, StringComparison.OrdinalIgnoreCase) };
                continue;
            }
            if (name is not ("--port" or "--ready-file" or "--parent-pid"))
            {
                rest.Add(args[i]);
                continue;
            }
            var value = inline ?? (i + 1 < args.Length ? args[++i] : null);
            result = (name, value) switch
            {
                ("--port", not null) when Number(value, 65535) is { } port => result with { Port = port },
                ("--parent-pid", not null) when Number(value, int.MaxValue) is { } pid => result with { ParentPid = pid },
                ("--ready-file", { Length: > 0 }) => result with { ReadyFile = value },
                _ => result with { Problem = $"The argument {name} needs a {(name == "--ready-file" ? "path" : "number")} after it." },
            };
        }
        return result with { Rest = [.. rest] };
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;
}
