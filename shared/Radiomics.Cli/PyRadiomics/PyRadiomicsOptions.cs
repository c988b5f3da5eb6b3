using System.CommandLine;
using System.CommandLine.Parsing;
using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary><c>--params</c> and <c>--naming</c>: how <c>radiomics extract</c> takes the place of PyRadiomics.</summary>
internal sealed class PyRadiomicsOptions
{
    private readonly Option<string?> _params = new("--params")
    {
        Description = "A PyRadiomics parameter file (YAML or JSON), instead of --settings; features come with PyRadiomics' names and definitions.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _naming = new("--naming")
    {
        Description = "Whose names and definitions features follow. Default: pyradiomics with --params, else what the settings say. " +
            "pyradiomics without --params is PyRadiomics' default extraction.",
        HelpName = "ibsi|pyradiomics",
    };

    /// <summary>Adds both to <paramref name="command"/>, which has <paramref name="settings"/> as well.</summary>
    public PyRadiomicsOptions(Command command, Option<string?> settings)
    {
        _naming.AcceptOnlyFromAmong("ibsi", "pyradiomics");
        command.Add(_params);
        command.Add(_naming);
        command.Validators.Add(result =>
        {
            if (result.GetValue(settings) is not null && (result.GetValue(_params) is not null || result.GetValue(_naming) == "pyradiomics"))
            {
                result.AddError("--settings excludes --params and --naming pyradiomics.");
            }
        });
    }

    /// <summary>Settings and label that these options ask for; null if they ask for none.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidParameters</c>, <c>UnsupportedParameter</c>.</exception>
    public (ExtractionSettings Settings, int Label)? Chosen(ParseResult parsed)
    {
        var (file, naming) = (parsed.GetValue(_params), parsed.GetValue(_naming));
        if (file is null)
        {
            return naming == "pyradiomics" ? (PyRadiomicsParameters.Default.Settings, PyRadiomicsParameters.Default.Label) : null;
        }

        var parameters = ParameterFile.Load(file);
        return (naming == "ibsi" ? parameters.WithIbsiNames() : parameters.Settings, parameters.Label);
    }
}
