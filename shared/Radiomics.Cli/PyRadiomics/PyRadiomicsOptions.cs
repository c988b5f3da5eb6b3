using System.CommandLine;
using System.CommandLine.Parsing;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary><c>--params</c> and <c>--naming</c>: how <c>radiomics extract</c> takes the place of PyRadiomics.</summary>
internal sealed class PyRadiomicsOptions
{
    public Option<string?> Params { get; } = new("--params")
    {
        Description = "A PyRadiomics parameter file (YAML or JSON), instead of --settings; features come with PyRadiomics' names and definitions.",
        HelpName = "FILE",
    };

    public Option<string?> Naming { get; } = new Option<string?>("--naming")
    {
        Description = "Whose names and definitions features follow. Default: pyradiomics with --params, else what the settings say. " +
            "pyradiomics without --params is PyRadiomics' default extraction.",
        HelpName = "ibsi|pyradiomics",
    }.AcceptOnlyFromAmong("ibsi", "pyradiomics");

    /// <summary>What these options demand of <paramref name="settings"/>.</summary>
    public void Validate(CommandResult result, Option<string?> settings)
    {
        if (result.GetValue(settings) is not null && (result.GetValue(Params) is not null || result.GetValue(Naming) == "pyradiomics"))
        {
            result.AddError("--settings excludes --params and --naming pyradiomics.");
        }
    }

    /// <summary>Refuses settings that ask for maps of features where none are written.</summary>
    /// <param name="settings">Settings from a parameter file or a file of settings; null if the case has its own.</param>
    /// <param name="why">Why there are none, as the end of a sentence.</param>
    /// <exception cref="CommandException"><c>Usage</c>.</exception>
    public static void RefuseMaps(ExtractionSettings? settings, string why)
    {
        if (settings?.PyRadiomics is { Voxels: not null })
        {
            throw new CommandException(ExitCodes.Usage, "Usage", $"The parameters' voxelSetting asks for maps of features, {why}.");
        }
    }

    /// <summary>Settings, label and channel that these options ask for; null if they ask for none.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidParameters</c>, <c>UnsupportedParameter</c>.</exception>
    public PyRadiomicsParameters? Chosen(ParseResult parsed)
    {
        var (file, naming) = (parsed.GetValue(Params), parsed.GetValue(Naming));
        if (file is null)
        {
            return naming == "pyradiomics" ? PyRadiomicsParameters.Default : null;
        }

        var parameters = ParameterFile.Load(file);
        return naming == "ibsi" ? parameters with { Settings = parameters.WithIbsiNames() } : parameters;
    }

    /// <summary>How an error is told: what the engine says of options is said of the parameter file's keys, if they came from one.</summary>
    public Func<Exception, Exception> Words(ParseResult parsed) =>
        parsed.GetValue(Params) is null ? exception => exception : exception => exception is RadiomicsException own ? ParameterKeys.InTheirWords(own) : exception;

    /// <summary>Does what may fail in the engine, and tells it by <see cref="Words"/>.</summary>
    public T InTheirWords<T>(ParseResult parsed, Func<T> extract)
    {
        try
        {
            return extract();
        }
        catch (RadiomicsException e) when (parsed.GetValue(Params) is not null)
        {
            throw Words(parsed)(e);
        }
    }
}
