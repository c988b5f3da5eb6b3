using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LocalHost.Lifetime;

/// <summary>The console log of host and worker: quiet frameworks first, then host.json's <c>logging.logLevel</c>, whose more specific rules win.</summary>
internal static partial class HostLogging
{
    private static readonly string[] s_quiet =
        ["Microsoft", "System", "Grpc", "Yarp", "Azure", "DurableTask", "Host.General", "Host.Startup", "Host.Aggregator", "Host.Singleton", "Host.Bindings", "Host.LanguageWorkerConfig"];

    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        var levels = configuration.GetSection($"{HostConfiguration.HostSection}:logging:logLevel");
        logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        logging.AddConsoleFormatter<LineFormatter, LineOptions>(options => options.TellsTexts = levels["default"] is "Debug" or "Trace");
        logging.SetMinimumLevel(LogLevel.Information);
        foreach (var category in s_quiet)
            logging.AddFilter(category, LogLevel.Warning);
        // Every look for something that needn't be there is a warning to these.
        logging.AddFilter("Azure.Core", LogLevel.Error);
        logging.AddFilter("Microsoft.Azure.WebJobs.Extensions.Storage", LogLevel.Error);
        logging.AddFilter("Host.Results", LogLevel.None);
        foreach (var level in levels.GetChildren())
        {
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var parsed))
                continue;
            if (level.Key.Equals("default", StringComparison.OrdinalIgnoreCase))
                logging.SetMinimumLevel(parsed);
            else
                logging.AddFilter(level.Key, parsed);
        }
    }

    private sealed class LineOptions : ConsoleFormatterOptions
    {
        public bool TellsTexts { get; set; }
    }

    /// <summary>A line an entry. Of an exception it tells type and place, and its text, which may quote a file's name, only to whoever turned debugging on.</summary>
    private sealed partial class LineFormatter(IOptionsMonitor<LineOptions> options) : ConsoleFormatter(FormatterName)
    {
        public const string FormatterName = "line";

        private static readonly string[] s_levels = ["trce", "dbug", "info", "warn", "fail", "crit", "none"];

        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            // The SDK tells a blob's path as the reason of a call; a file's name may be a person's.
            var message = BlobReason().Replace(logEntry.Formatter(logEntry.State, null) ?? "", "$1$2");
            textWriter.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {s_levels[(int)logEntry.LogLevel]}: {logEntry.Category}[{logEntry.EventId.Id}] {message}");
            for (var e = logEntry.Exception; e is not null; e = e.InnerException)
            {
                textWriter.WriteLine($"  {Describe(e)}{(options.CurrentValue.TellsTexts ? $": {e.Message}" : "")}");
                if (e.InnerException is null && e.StackTrace is { } trace)
                    textWriter.WriteLine(trace);
            }
        }

        [GeneratedRegex(@"(\(Reason='New blob detected\(\w+\)): .*(', Id=)", RegexOptions.Singleline)]
        private static partial Regex BlobReason();

        private static string Describe(Exception e) => e is FunctionFailedException failed
            ? $"{failed.WorkerType ?? "failed in the worker"}{Environment.NewLine}{failed.WorkerStackTrace}"
            : e.GetType().FullName!;
    }
}
