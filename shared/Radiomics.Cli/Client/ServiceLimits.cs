using Microsoft.Extensions.Configuration;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>How much an upload may hold, as the service has it, for commands that read what was sent: under lower limits than the service's they couldn't open what it opened.</summary>
internal static class ServiceLimits
{
    /// <summary>The file that is read where none is named, if it lies in the current folder.</summary>
    public const string DefaultFile = "local.settings.json";

    private const string Section = "Radiomics:Archive";

    /// <summary>Reads the settings <c>Radiomics__Archive__…</c>: from the environment, else from a file.</summary>
    /// <param name="host">Has the environment.</param>
    /// <param name="file">A local.settings.json; null: <see cref="DefaultFile"/>, if there is one.</param>
    /// <exception cref="CommandException"><c>SettingsUnreadable</c>: the file isn't there or isn't JSON, or a limit can't be what it is.</exception>
    public static RadiomicsOptions Find(CommandHost host, string? file)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (name, value) in InFile(file).AsEnumerable(makePathsRelative: true))
        {
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        foreach (var limit in typeof(ArchiveLimits).GetProperties())
        {
            if (host.Variable($"Radiomics__Archive__{limit.Name}") is { } value)
            {
                settings[$"{Section}:{limit.Name}"] = value;
            }
        }

        var all = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return SettingsCheck.Of(all, [new(Section, typeof(ArchiveLimits), IsClosed: true)]) is [var fault, ..]
            ? throw new CommandException(ExitCodes.BadInput, "SettingsUnreadable", $"The setting {fault.Name} {fault.Sentence}")
            : new RadiomicsOptions { Archive = all.GetSection(Section).Get<ArchiveLimits>() ?? new() };
    }

    private static IConfigurationSection InFile(string? file)
    {
        var path = Path.GetFullPath(file ?? DefaultFile);
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: file is null).Build().GetSection("Values");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new CommandException(ExitCodes.BadInput, "SettingsUnreadable", $"The file '{path}' isn't there, or isn't the JSON of a local.settings.json.", e);
        }
    }
}
