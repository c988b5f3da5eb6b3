using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics patient</c>: removes a patient from the storage account.</summary>
public static class PatientCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("patient", "Removes a patient from the storage account.") { CreateErase(host) };

    private static Command CreateErase(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Option<string>("--id") { Description = "The patient's id (PatientID), as the hospital has it.", Required = true };
        var issuer = new Option<string?>("--issuer") { Description = "IssuerOfPatientID, where the hospital's images name one." };
        var study = new Option<string[]>("--study") { Description = "Original StudyInstanceUID of a further study, say one whose images name no patient; may be given again.", HelpName = "UID" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what there is." };
        var (name, reason) = ModelPointerCommands.Signature();
        var command = new Command(
            "erase",
            "Finds a patient by the original id in every container, deletes what there is, and writes a tombstone into the audit trail. Lists the models that learned from the patient. "
            + "The id is mapped under the setting Radiomics__UidKey, else this user's key file; for what came in under an earlier key, set that one.")
        {
            service.Center, id, issuer, study, dryRun, name, reason, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (center, key) = (parsed.GetRequiredValue(service.Center), ServiceKey.Find(host));
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            var trail = new AuditTrail(account.Store, TimeProvider.System);
            await account.Store.EnsureContainersAsync();
            await RequireKnownAsync(new UidKeyVersions(account.Store, key, trail), key.Fingerprint, cancellation);
            using var temporary = new TemporaryStorage();
            var search = new PatientSearch(account.Store, new UploadStore(account.Store), temporary, new RadiomicsOptions(), key);
            Task<PatientTraces> Find() => search.FindAsync(center, parsed.GetRequiredValue(id), parsed.GetValue(issuer), parsed.GetValue(study) ?? [], cancellation);

            var found = await Find();
            if (!found.Any)
            {
                throw new CommandException(
                    ExitCodes.BadInput,
                    "PatientUnknown",
                    $"Nothing of this patient is here. Check the id, its issuer, the center, and which UID key it came in under.{(found.Unreadable.Count > 0 ? $" {found.Unreadable.Count} uploads can't be read: {string.Join(", ", found.Unreadable)}." : "")}");
            }

            if (parsed.GetValue(dryRun))
            {
                Report(terminal, found, left: null);
                return ExitCodes.Ok;
            }

            await new PatientErasure(account.Store, new Holds(account.Store, trail), new PurgedInstances(account.Store, TimeProvider.System), trail)
                .EraseAsync(found, parsed.GetRequiredValue(name), parsed.GetRequiredValue(reason), StorageAccount.Actor, cancellation);

            // Something of the patient may have come in meanwhile, or have been worked on.
            var left = await Find();
            Report(terminal, found, left);
            if (left.Any)
            {
                terminal.WriteErrorLine("ErasureIncomplete", "Something of the patient came while this ran: wait until no study is being worked on, and erase again.");
                return ExitCodes.Failed;
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task RequireKnownAsync(UidKeyVersions versions, string fingerprint, CancellationToken cancellation)
    {
        if (await versions.ListAsync(cancellation) is { Count: > 0 } known && known.All(version => version.Fingerprint != fingerprint))
        {
            throw new CommandException(
                ExitCodes.BadInput,
                "UidKeyUnknown",
                $"Nothing here was mapped under this UID key ({fingerprint}), so nobody would be found. Set Radiomics__UidKey to the service's: {string.Join(", ", known.Select(version => version.Fingerprint))}.");
        }
    }

    private static void Report(Terminal terminal, PatientTraces found, PatientTraces? left)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Erased = left is not null, Found = found, Left = left?.Blobs });
            return;
        }

        terminal.WriteLine($"{found.Center}, {found.Patient}: {found.Studies.Count} studies, {found.Uploads.Count} uploads, {found.Predictions.Count} predictions");
        foreach (var (container, count) in found.Blobs)
        {
            terminal.WriteLine($"  {container}: {count} blobs");
        }

        foreach (var cohort in found.Cohorts)
        {
            terminal.WriteLine($"  row of the cohort {cohort}");
        }

        foreach (var retraining in found.Retrainings)
        {
            terminal.WriteLine($"  case of the retraining {retraining.Id} of {retraining.Center}");
        }

        foreach (var model in found.Models)
        {
            terminal.WriteLine($"{(model.Trained ? "trained" : "tested")} with the patient, and kept: {model.Center} {model.FieldStrength} {model.Version}{(model.Current ? " (the current model)" : "")}");
        }

        foreach (var upload in found.Unreadable)
        {
            terminal.WriteLine($"can't be read, look yourself: {upload}");
        }

        terminal.WriteLine(left is null ? "Nothing was deleted." : "Deleted; the audit trail has a tombstone.");
    }
}
