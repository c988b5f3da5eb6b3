using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
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
        var settings = new Option<string?>("--settings")
        {
            Description = $"File with the service's limits of archives, which uploads are read under; the environment variables Radiomics__Archive__… go first. Default: {ServiceLimits.DefaultFile} of the current folder, if there is one.",
            HelpName = "FILE",
        };
        var hostConnection = new Option<string?>("--host-connection")
        {
            Description = "Connection string or address of the host's storage account, where events lie that weren't delivered; default: environment variable AzureWebJobsStorage, else nobody looks there.",
            HelpName = "STRING",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what there is." };
        var (name, reason) = ModelPointerCommands.Signature();
        var command = new Command(
            "erase",
            "Finds a patient by the original id in every container, deletes what there is, and writes a tombstone into the audit trail. Lists the models that learned from the patient. "
            + "The id is mapped under the setting Radiomics__UidKey, else this user's key file; for what came in under an earlier key, set that one.")
        {
            service.Center, id, issuer, study, dryRun, name, reason, service.Connection, hostConnection, settings,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (center, key) = (parsed.GetRequiredValue(service.Center), ServiceKey.Find(host));
            var connection = service.ConnectionString(parsed) ?? StorageAccount.Development;
            var account = await StorageAccount.OpenAsync(connection, cancellation);
            var trail = ServiceAudit.Trail(host, account);
            await account.Store.EnsureContainersAsync();
            await RequireKnownAsync(new UidKeyVersions(account.Store, key, trail, TimeProvider.System), key.Fingerprint, cancellation);
            var search = new PatientSearch(account.Store, new UploadStore(account.Store), TemporaryFiles.Storage, ServiceLimits.Find(host, parsed.GetValue(settings)), key);
            var events = Events(connection, parsed.GetValue(hostConnection) ?? host.Variable("AzureWebJobsStorage"), key);
            Task<PatientTraces> Find() => search.FindAsync(center, parsed.GetRequiredValue(id), parsed.GetValue(issuer), parsed.GetValue(study) ?? [], cancellation);

            var found = await Find();
            if (!found.Any)
            {
                throw new CommandException(
                    ExitCodes.BadInput,
                    "PatientUnknown",
                    string.Join(' ', Doubts(found).Prepend("Nothing of this patient is here. Check the id, its issuer, the center, and which UID key it came in under.")));
            }

            if (parsed.GetValue(dryRun))
            {
                Report(terminal, found, left: null, await events.CountAsync(found, cancellation));
                return ExitCodes.Ok;
            }

            var undelivered = await new PatientErasure(account.Store, new Holds(account.Store, trail), new PurgedInstances(account.Store, TimeProvider.System), trail)
                .EraseAsync(found, parsed.GetRequiredValue(name), parsed.GetRequiredValue(reason), StorageAccount.Actor, events, cancellation);

            // Something of the patient may have come in meanwhile, or have been worked on.
            var left = await Find();
            Report(terminal, found, left, undelivered);
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

    private static UndeliveredEvents Events(string connection, string? hostConnection, UidKey key)
    {
        try
        {
            return new(
                StorageClients.CreateQueues(connection).GetQueueClient(PoisonMessages.Queue),
                hostConnection is null ? null : StorageClients.Create(hostConnection).GetBlobContainerClient(UndeliveredEvents.DeadLetterContainer),
                key);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new CommandException(ExitCodes.Usage, "InvalidConnection", "The connection string of the host's storage account can't be read.", exception);
        }
    }

    // What may be the patient's, and can't be known to be.
    private static IEnumerable<string> Doubts(PatientTraces found)
    {
        if (found.Unreadable.Count > 0)
        {
            yield return $"{found.Unreadable.Count} uploads can't be read, or don't say for which center they came; look yourself: {Some(found.Unreadable)}.";
        }

        if (found.UntoldStudies.Count > 0)
        {
            yield return $"{found.UntoldStudies.Count} studies came in before it was noted whose they are, and their images have expired; if one may be this patient's, name it by --study: {Some(found.UntoldStudies)}.";
        }

        if (found.UntoldUploads.Count > 0)
        {
            yield return $"{found.UntoldUploads.Count} receipts say of no patient whose upload it was, and that has expired: {Some(found.UntoldUploads)}.";
        }

        if (found.OtherKeys.Count > 0)
        {
            yield return $"Studies of this center came in under other UID keys; erase with each of them, too: {string.Join(", ", found.OtherKeys)}.";
        }
    }

    private static string Some(IReadOnlyList<string> ids)
    {
        const int most = 20;
        return string.Join(", ", ids.Take(most)) + (ids.Count > most ? " and more (--json has them all)" : "");
    }

    private static void Report(Terminal terminal, PatientTraces found, PatientTraces? left, UndeliveredCounts undelivered)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Erased = left is not null, Found = found, Left = left?.Blobs, Undelivered = undelivered });
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

        terminal.WriteLine($"  queue {PoisonMessages.Queue}: {Count(undelivered.Messages, "messages", "Storage Queue Data Contributor on the data account")}");
        terminal.WriteLine($"  {UndeliveredEvents.DeadLetterContainer}: {Count(undelivered.DeadLetters, "events", "--host-connection, and Storage Blob Data Contributor on the host's account")}");
        foreach (var doubt in Doubts(found))
        {
            terminal.WriteLine(doubt);
        }

        terminal.WriteLine(left is null ? "Nothing was deleted." : "Deleted; the audit trail has a tombstone.");
    }

    private static string Count(int? count, string what, string needs) => count is { } known ? $"{known} {what}" : $"not looked at, needs {needs}";
}
