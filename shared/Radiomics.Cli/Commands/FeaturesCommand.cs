using System.CommandLine;
using System.Text.RegularExpressions;
using Radiomics.Cli.Features;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics features</c>: what the engine can compute, and what settings give.</summary>
public static partial class FeaturesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) =>
        new("features", "Shows the features that there are: tag, IBSI code, name, unit, formula, PyRadiomics' name.") { CreateList(host), CreateShow(host) };

    private static Command CreateList(CommandHost host)
    {
        var family = new Option<FeatureFamily?>("--family") { Description = "Only this family, as settings name it: glcm, statistics, …", HelpName = "NAME" };
        var settings = new Option<string?>("--settings")
        {
            Description = "The features that these settings give, in their order; a shipped name, pyradiomics for its defaults, or a JSON file.",
            HelpName = "NAME|PATH",
        };
        var command = new Command("list", "Lists features as a Markdown table.") { family, settings };
        host.Handle(command, (parsed, terminal, _) =>
        {
            IReadOnlyList<FeatureEntry> features =
            [
                .. Entries(parsed.GetValue(settings)).Where(f => parsed.GetValue(family) is not { } only || f.Family == only),
            ];
            if (terminal.Json)
            {
                terminal.WriteJson(new { Features = features });
            }
            else
            {
                terminal.Write(FeatureReference.Table(features));
            }

            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static Command CreateShow(CommandHost host)
    {
        var tag = new Argument<string>("TAG")
        {
            Description = "A tag (cm_contrast), with or without what settings add to it (log_s3.0mm__cm_contrast_3D_comb), an IBSI code (ACUI), or PyRadiomics' name (glcm_Contrast).",
        };
        var command = new Command("show", "Prints all that there is to say of one feature.") { tag };
        host.Handle(command, (parsed, terminal, _) =>
        {
            var feature = Find(parsed.GetRequiredValue(tag));
            if (terminal.Json)
            {
                terminal.WriteJson(feature);
            }
            else
            {
                terminal.Write(FeatureReference.Card(feature));
            }

            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static IEnumerable<FeatureEntry> Entries(string? settings) => settings switch
    {
        null => FeatureCatalogue.All.Select(f => FeatureEntry.Of(f)),
        "pyradiomics" => FeatureNames.Of(PyRadiomicsDefaults.Settings).Select(FeatureEntry.Of),
        _ => FeatureNames.Of(ExtractionSettingsFile.Load(settings)).Select(FeatureEntry.Of),
    };

    private static FeatureEntry Find(string name)
    {
        // What a filter adds stands before two underscores, or before PyRadiomics' class; what one of several discretisations adds, behind.
        var tag = Discretised().Replace(name.LastIndexOf("__", StringComparison.Ordinal) is >= 0 and var at ? name[(at + 2)..] : name, "");
        if (FeatureCatalogue.Find(tag, out _) is { } feature)
        {
            return FeatureEntry.Of(feature);
        }

        if (FeatureCatalogue.All.FirstOrDefault(f => string.Equals(f.Code, name, StringComparison.OrdinalIgnoreCase)) is { } coded)
        {
            return FeatureEntry.Of(coded);
        }

        foreach (var featureClass in PyRadiomicsFeatures.All)
        {
            var own = $"_{featureClass.Name}_";
            if ($"_{name}".IndexOf(own, StringComparison.Ordinal) is >= 0 and var begin && featureClass.Feature(name[(begin + own.Length - 1)..]) is { } theirs)
            {
                return FeatureEntry.Of(featureClass, theirs);
            }
        }

        throw new RadiomicsException("UnknownFeature", $"There is no feature '{name}'{FeatureCatalogue.Suggestion(tag)}");
    }

    [GeneratedRegex("_(?:fbn_n[0-9]+|fbs_w[0-9.E-]+|none)$", RegexOptions.CultureInvariant)]
    private static partial Regex Discretised();
}
