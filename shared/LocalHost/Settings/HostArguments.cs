using System.CommandLine;

namespace LocalHost.Settings;

/// <summary>The host's command line.</summary>
/// <param name="App">The built app's folder.</param>
/// <param name="Port">The port on loopback; 0 is any free one, null is what local.settings.json says, else 7071.</param>
/// <param name="EnableAuth">Ask HTTP callers for keys, as the cloud does.</param>
/// <param name="ReadyFile">A file that gets the bound URL once the host serves.</param>
/// <param name="ParentPid">A process whose end also ends this host.</param>
/// <param name="Settings">Settings for host and worker, by configuration key (<c>--Key:Path=Value</c>).</param>
internal sealed record HostArguments(string App, ushort? Port, bool EnableAuth, string? ReadyFile, int? ParentPid, IReadOnlyDictionary<string, string?> Settings)
{
    /// <exception cref="HostStartException">An argument can't be used.</exception>
    public static HostArguments Parse(string[] args)
    {
        var app = new Option<string>("--app") { DefaultValueFactory = _ => "." };
        var port = new Option<ushort?>("--port");
        var auth = new Option<bool>("--enable-auth");
        var ready = new Option<string>("--ready-file");
        var parent = new Option<int?>("--parent-pid");
        var parsed = new RootCommand { app, port, auth, ready, parent }.Parse(args.Where(arg => !IsSetting(arg)).ToArray());
        if (parsed.Errors.Count > 0)
            throw new HostStartException(HostStartException.Usage, $"{parsed.Errors[0].Message} (Settings are given as --Key=Value.)");
        return new HostArguments(
            parsed.GetValue(app)!, parsed.GetValue(port), parsed.GetValue(auth), parsed.GetValue(ready), parsed.GetValue(parent),
            args.Where(IsSetting).Select(arg => arg[2..].Split('=', 2)).GroupBy(pair => pair[0].Replace("__", ":"), StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, string? (same) => same.Last()[1]));

        static bool IsSetting(string arg) => arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=') > 2
            && arg.Split('=', 2)[0] is not ("--app" or "--port" or "--enable-auth" or "--ready-file" or "--parent-pid");
    }
}
