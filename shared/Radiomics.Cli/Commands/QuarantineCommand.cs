using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Inspect;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics quarantine</c>: what could not be used, and what can be done about it.</summary>
public static class QuarantineCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("quarantine", "Works with uploads that could not be used. What lies in quarantine is never changed, and goes when its period is over.")
    {
        CreateList(host), CreateInspect(host), QuarantineFixCommand.Create(host), QuarantineResubmitCommand.Create(host),
    };

    /// <summary>The argument that names an upload.</summary>
    internal static Argument<string> Upload() => new("UPLOAD") { Description = "The upload's id, as list shows it." };

    private static Command CreateList(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var open = new Option<bool>("--open") { Description = "Only what hasn't been resolved by a later try." };
        var command = new Command("list", "Shows what a center has in quarantine, the newest first; --center _system: what came for no known center.") { service.Center, open, service.Connection };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            using var desk = await QuarantineAccess.OpenAsync(host, service, parsed, cancellation);
            var center = parsed.GetRequiredValue(service.Center);
            var entries = (await desk.Desk.ListAsync(center, cancellation)).Where(entry => !parsed.GetValue(open) || entry.State != QuarantineState.Resolved).ToList();
            if (terminal.Json)
            {
                terminal.WriteJson(new { center, Uploads = entries });
            }
            else
            {
                QuarantineReport.Write(terminal, entries);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateInspect(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var upload = Upload();
        var command = new Command("inspect", "Shows why an upload could not be used, what can be done, and what is in it, as 'inspect' does: names no patient. The audit says who looked.")
        {
            upload, service.Center, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            using var desk = await QuarantineAccess.OpenAsync(host, service, parsed, cancellation);
            var entry = await desk.Desk.GetAsync(parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(upload), cancellation);
            await desk.NoteAsync(entry, "quarantine-inspected", new Dictionary<string, string>(), cancellation);
            var (contents, fault) = await LookAsync(desk, entry, cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(new { Upload = entry, Contents = contents, Fault = fault });
                return ExitCodes.Ok;
            }

            QuarantineReport.Write(terminal, entry);
            if (contents is not null)
            {
                InspectionTable.Write(contents, terminal);
            }
            else
            {
                terminal.WriteLine($"What is in it can't be shown ({fault!.Code}). {fault.Detail}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<(InspectionReport? Contents, InspectionError? Fault)> LookAsync(QuarantineAccess desk, QuarantineEntry entry, CancellationToken cancellation)
    {
        try
        {
            using var folder = desk.Temporary.NewFolder();
            var (file, _) = await desk.Desk.CopyAsync(entry, folder, cancellation);
            await using var zip = file.OpenRead();
            using var source = new ZipStudySource(zip);
            return (new StudyInspection(source, null).Run(desk.Profiles.Knows(entry.Center) ? [desk.Profiles.Get(entry.Center)] : [], cancellation), null);
        }
        catch (RadiomicsException e)
        {
            return (null, new(e.Code, e.Detail));
        }
    }
}
