using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics settings</c>: the extraction settings that ship with the tool, and their schema.</summary>
public static class SettingsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) =>
        new("settings", "Shows extraction settings: those that ship with the tool, and the schema of the files.") { CreateList(host), CreateShow(host), CreateSchema(host) };

    private static Command CreateList(CommandHost host)
    {
        var command = new Command("list", "Names the settings that ship with the tool.");
        host.Handle(command, (_, terminal, _) =>
        {
            var all = ExtractionSettingsFile.ShippedNames.Select(ExtractionSettingsFile.Load).ToList();
            if (terminal.Json)
            {
                terminal.WriteJson(new { Settings = all.Select(s => new { s.Name, Hash = s.ComputeHash() }) });
            }
            else
            {
                foreach (var settings in all)
                {
                    terminal.WriteLine($"{settings.Name,-22}{settings.ComputeHash()[..12]}…");
                }
            }

            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static Command CreateShow(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "A shipped name or a JSON file." };
        var command = new Command("show", "Prints settings with every option written out.") { name };
        host.Handle(command, (parsed, terminal, _) =>
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: true)))
            {
                ExtractionSettingsFile.Load(parsed.GetRequiredValue(name)).WriteTo(json);
            }

            bytes.Write("\n"u8);
            terminal.Write(bytes.WrittenMemory);
            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static Command CreateSchema(CommandHost host)
    {
        var command = new Command("schema", "Prints the JSON schema of settings files.");
        host.Handle(command, (_, terminal, _) =>
        {
            terminal.Write(File.ReadAllBytes(ExtractionSettingsFile.SchemaFile));
            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }
}
