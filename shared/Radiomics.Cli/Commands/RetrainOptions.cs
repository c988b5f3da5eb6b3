using System.CommandLine;
using System.Text.Json;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary>Options of <c>radiomics retrain</c> that say what is ordered.</summary>
internal sealed class RetrainOptions
{
    public Option<string> Cohort { get; } = new("--cohort")
    {
        Description = "The cohort: a CSV file, which is sent first, or the name of one that the service has.",
        HelpName = "FILE_OR_NAME",
        Required = true,
    };

    public Option<bool> Mapped { get; } = new("--mapped") { Description = "The file's UIDs are mapped already, by 'radiomics cohort map'." };

    public Option<string[]> Fields { get; } = new("--field") { Description = "Field strength to train for, e.g. 3.0T; default: all that the cohort's studies have." };

    public Option<PromotionMode> Promote { get; } = new("--promote")
    {
        Description = "Who decides whether a new model becomes the current one: approval (somebody, by name), rule (a comparison on held-out patients) or none.",
        DefaultValueFactory = _ => PromotionMode.Approval,
    };

    public Option<string?> Protocol { get; } = new("--protocol") { Description = "Learning protocol as JSON; default: the paper's design.", HelpName = "FILE" };

    public Option<string[]> Pool { get; } = new("--pool") { Description = "A cohort that the winner is compared across scanners with, e.g. B/cohort-2025.", HelpName = "CENTER/NAME" };

    public Option<bool> Again { get; } = new("--again") { Description = "Train anew although the same was asked for before, because studies have come in since." };

    /// <summary>The file, if the cohort is one.</summary>
    public FileInfo? File(ParseResult parsed) => new FileInfo(parsed.GetRequiredValue(Cohort)) is { Exists: true } file ? file : null;

    /// <summary>The cohort's name: the file's without its ending, or what was given.</summary>
    /// <exception cref="CommandException"><c>FileNotFound</c>, <c>CohortNameInvalid</c>.</exception>
    public string Name(ParseResult parsed)
    {
        var given = parsed.GetRequiredValue(Cohort);
        var name = File(parsed) is { } file ? Path.GetFileNameWithoutExtension(file.Name) : given;
        return CohortStore.IsValidName(name) ? name
            : File(parsed) is null ? throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no file '{given}', and no cohort can have that name.")
            : throw new CommandException(ExitCodes.BadInput, "CohortNameInvalid", "The file's name becomes the cohort's: use letters, digits, '-', '_' and '.' only.");
    }

    /// <summary>The body of the request.</summary>
    /// <exception cref="CommandException"><c>FileNotFound</c>.</exception>
    /// <exception cref="RadiomicsException"><c>InvalidProtocol</c>.</exception>
    public RetrainingOrder Order(ParseResult parsed) => new()
    {
        Cohort = Name(parsed),
        FieldStrengths = parsed.GetValue(Fields) ?? [],
        Pool = parsed.GetValue(Pool) ?? [],
        Protocol = parsed.GetValue(Protocol) is { } path ? ReadProtocol(path) : new ProtocolSettings(),
        Promotion = new PromotionSettings { Mode = parsed.GetValue(Promote) },
    };

    private static ProtocolSettings ReadProtocol(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no file '{path}'.");
        }

        var json = System.IO.File.ReadAllBytes(path);
        try
        {
            var settings = JsonSerializer.Deserialize<ProtocolSettings>(json, RadiomicsJson.Options) ?? throw new JsonException("It is empty.");
            ProtocolCheck.Require(settings);
            return settings;
        }
        catch (JsonException e)
        {
            throw new RadiomicsException("InvalidProtocol", $"'{path}' is no protocol: {JsonSentence.Of(e, json)}", e);
        }
    }
}
