using System.CommandLine;
using System.Text.Json;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics models card</c>: a model's card as a page to read, or as JSON with the reporting checklists.</summary>
public static class ModelCardCommand
{
    private const string CardFile = "card.json";

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var source = new Argument<string>("PACKAGE")
        {
            Description = "Model package (.zip), a folder with an unpacked package or with one package, or a card.json.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "File for the page; default: card.html in the current folder, and none with --json.",
            HelpName = "FILE",
        };
        var command = new Command("card", "Writes a model's card as one HTML page that needs nothing else; --json prints the card and the reporting checklists.") { source, output };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var card = Read(parsed.GetValue(source)!);
            var file = parsed.GetValue(output) ?? (terminal.Json ? null : "card.html");
            if (file is not null)
            {
                await File.WriteAllBytesAsync(file, await ToolPages.Instance.CardAsync(card), cancellation);
            }

            if (terminal.Json)
            {
                terminal.WriteJson(new { File = file, Card = card, Checklists = Checklists.For(card) });
            }
            else
            {
                terminal.WriteLine($"{card.Name}: {file}");
                terminal.WriteLine(card.Notice);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static ModelCard Read(string source)
    {
        var file = Directory.Exists(source) ? InFolder(source) : source;
        using var stream = File.OpenRead(file);
        if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return ModelPackage.Load(stream).Card;
        }

        try
        {
            return JsonSerializer.Deserialize<ModelCard>(stream, RadiomicsJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.BadInput, "ModelCardInvalid", $"{Path.GetFileName(file)} is not the card of a model of this version.", e);
        }
    }

    private static string InFolder(string folder)
    {
        if (File.Exists(Path.Combine(folder, CardFile)))
        {
            return Path.Combine(folder, CardFile);
        }

        return Directory.GetFiles(folder, "*.zip") is [var package]
            ? package
            : throw new CommandException(ExitCodes.BadInput, "ModelCardMissing", $"The folder holds neither a {CardFile} nor exactly one package; name the package.");
    }
}
