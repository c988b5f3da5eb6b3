using Azure;
using Azure.Storage.Blobs.Models;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Moves the pointers to the current models (<c>{center}/{fieldStrength}/current.json</c>), by ETag, and lists what they were. The pointer alone decides. Each of its
/// states is recorded (audit event, then <c>history/{number}.json</c>) by whoever moved it there, or, if that one died, by whoever touches the pointer next.
/// </summary>
public sealed class ModelPromotions(BlobStore store, ModelRegistry models, CenterProfiles profiles, AuditTrail trail)
{
    private const int MaxText = 500;

    /// <summary>All states of a pointer, the current one last; empty if there is no model.</summary>
    public async Task<IReadOnlyList<PromotedModel>> HistoryAsync(string center, string fieldStrength)
    {
        if (await ReadAsync(center, fieldStrength) is not { } current)
        {
            return [];
        }

        List<PromotedModel> states = [];
        for (var number = 1; number < current.Model.Number; number++)
        {
            if (await store.TryReadJsonAsync<PromotedModel>(Containers.Models, HistoryName(center, fieldStrength, number)) is { } state)
            {
                states.Add(state);
            }
        }

        return [.. states, current.Model];
    }

    /// <summary>The newest states of a pointer, the current one first, with their times; empty if there is no model.</summary>
    /// <param name="center">Center.</param>
    /// <param name="fieldStrength">Field strength.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<DatedModel>> NewestAsync(string center, string fieldStrength, int most, CancellationToken cancellation = default)
    {
        await models.CurrentAsync(center, fieldStrength);
        if (await store.TryReadAsync(Containers.Models, PointerName(center, fieldStrength), cancellation) is not { } blob)
        {
            return [];
        }

        var current = BlobStore.Parse<PromotedModel>(blob.Content);
        List<DatedModel> states = [new(current, blob.Details.LastModified.UtcDateTime)];
        for (var number = current.Number - 1; number > 0 && states.Count < most; number--)
        {
            if (await store.TryReadAsync(Containers.Models, HistoryName(center, fieldStrength, number), cancellation) is { } earlier)
            {
                var state = BlobStore.Parse<PromotedModel>(earlier.Content);
                states.Add(new(state, await SinceAsync(center, fieldStrength, state, earlier, cancellation)));
            }
        }

        return states;
    }

    /// <summary>Makes an earlier model the current one again: the one before, or the one named.</summary>
    /// <param name="center">Center.</param>
    /// <param name="fieldStrength">Field strength.</param>
    /// <param name="version">A version that was current once; null: what the current one replaced.</param>
    /// <param name="name">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who asked, for the audit.</param>
    /// <param name="seen">The state of the pointer (<see cref="PromotedModel.Number"/>) that whoever decides saw as the current one: no other is left. Null: whatever is the current one.</param>
    /// <exception cref="RadiomicsException"><c>NothingToRollBackTo</c>, <c>ModelVersionUnknown</c>, <c>PointerMoved</c>, <c>ModelUnusable</c>, <c>DecisionIncomplete</c>.</exception>
    public async Task<PromotedModel> RollbackAsync(string center, string fieldStrength, string? version, string name, string reason, string actor, int? seen = null)
    {
        RequireDecision(name, reason);
        while (true)
        {
            var current = await ReadAsync(center, fieldStrength) ?? throw Nothing(fieldStrength);
            if (seen is { } number && number != current.Model.Number)
            {
                throw Moved(fieldStrength);
            }

            if (version == current.Model.Version)
            {
                return current.Model;
            }

            var states = await HistoryAsync(center, fieldStrength);
            var wanted = version ?? current.Model.Previous?.Version ?? throw Nothing(fieldStrength);
            var target = states.LastOrDefault(state => state.Version == wanted && state.Number < current.Model.Number)
                ?? throw new RadiomicsException("ModelVersionUnknown", $"This version was never the current model of {center} at {fieldStrength}. Ask for the history of the models, and name one of those.");
            await RequireUsableAsync(center, fieldStrength, target);
            var next = target with
            {
                PromotedBy = "rollback",
                DecidedBy = name.Trim(),
                Reason = reason.Trim(),
                Actor = actor,
                Retraining = null,
                RolledBack = true,
                // What the target itself replaced: a second rollback goes further back, not to and fro.
                Previous = target.Previous,
            };
            if (await TryMoveAsync(center, fieldStrength, current, next) is { } moved)
            {
                return moved;
            }

            // "The one before" is what whoever decided saw; before what has come since, it would be the very model they want to leave.
            if (version is null)
            {
                throw Moved(fieldStrength);
            }
        }
    }

    /// <summary>The pointer with its version; null if the center has no model at the field strength.</summary>
    internal async Task<CurrentModel?> ReadAsync(string center, string fieldStrength)
    {
        await models.CurrentAsync(center, fieldStrength);
        return await store.TryReadAsync(Containers.Models, PointerName(center, fieldStrength)) is { } blob
            ? new(BlobStore.Parse<PromotedModel>(blob.Content), blob.Details.ETag)
            : null;
    }

    /// <summary>The state that a retraining brought about, recorded; null if it brought none about.</summary>
    internal async Task<PromotedModel?> FindAsync(string center, string fieldStrength, string retraining)
    {
        var state = (await HistoryAsync(center, fieldStrength)).FirstOrDefault(state => state.Retraining == retraining);
        if (state is not null)
        {
            await RecordAsync(center, fieldStrength, state);
        }

        return state;
    }

    /// <summary>Moves the pointer from a state that was read to the next one; null if it has been moved since.</summary>
    internal async Task<PromotedModel?> TryMoveAsync(string center, string fieldStrength, CurrentModel? current, PromotedModel next)
    {
        if (current is not null)
        {
            await RecordAsync(center, fieldStrength, current.Model);
        }

        next = next with { Number = (current?.Model.Number ?? 0) + 1 };
        if (!await store.TryReplaceAsync(Containers.Models, PointerName(center, fieldStrength), BlobStore.Json(next), current?.Version))
        {
            return null;
        }

        await RecordAsync(center, fieldStrength, next);
        return next;
    }

    /// <summary>Passes a decision that says who and why.</summary>
    /// <exception cref="RadiomicsException"><c>DecisionIncomplete</c>.</exception>
    public static void RequireDecision(string? name, string? reason)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(reason) || name.Length > MaxText || reason.Length > MaxText || name.Concat(reason).Any(char.IsControl))
        {
            throw new RadiomicsException("DecisionIncomplete", $"A decision needs the name of who decides and a reason, each on one line of at most {MaxText} characters. Name no patient.");
        }
    }

    // A model that was right once may read features that this service no longer makes; as the current one it would fail every prediction.
    private async Task RequireUsableAsync(string center, string fieldStrength, PromotedModel target)
    {
        try
        {
            (await models.GetAsync(center, fieldStrength, target.Pointer)).EnsureFits(profiles.Pin(center).Settings.ComputeHash(), FeatureExtractor.EngineVersion);
        }
        catch (Exception e) when (e is InvalidDataException or (RadiomicsException and not AlteredException))
        {
            throw new RadiomicsException("ModelUnusable", $"Version {target.Version} can't be used with this version of the service and the center's extraction settings. Name another one, or retrain.", e);
        }
    }

    // What ships with the app is recorded only when something takes its place; its package was written when it became the current one.
    private async Task<DateTime> SinceAsync(string center, string fieldStrength, PromotedModel state, BlobDownloadResult recorded, CancellationToken cancellation)
    {
        var seeded = state.Actor is null ? await store.TryReadAsync(Containers.Models, ModelRegistry.PackageName(center, fieldStrength, state.Version), cancellation) : null;
        return (seeded ?? recorded).Details.LastModified.UtcDateTime;
    }

    private static RadiomicsException Moved(string fieldStrength) =>
        new("PointerMoved", $"The current model at {fieldStrength} has just been changed by somebody else. Look at the history of the models, and decide again or name a version.");

    private static RadiomicsException Nothing(string fieldStrength) =>
        new("NothingToRollBackTo", $"There is no earlier model at {fieldStrength} to go back to.");

    private static string PointerName(string center, string fieldStrength) => $"{center}/{fieldStrength}/current.json";

    private static string HistoryName(string center, string fieldStrength, int number) => $"{center}/{fieldStrength}/history/{number:000000}.json";

    private async Task RecordAsync(string center, string fieldStrength, PromotedModel state)
    {
        var name = HistoryName(center, fieldStrength, state.Number);
        if (await store.Blob(Containers.Models, name).ExistsAsync())
        {
            return;
        }

        (string Kind, string? Id)[] subjects =
        [
            ("fieldStrength", fieldStrength), ("model", state.Version), ("previous", state.Previous?.Version),
            ("retraining", state.Retraining), ("decidedBy", state.DecidedBy ?? state.PromotedBy), ("reason", state.Reason),
        ];
        await trail.AppendAsync(new AuditEvent
        {
            Id = $"models/{fieldStrength}/{state.Number}",
            Center = center,
            Actor = state.Actor ?? "pipeline",
            Action = state.RolledBack ? "model-rolled-back" : state.Actor is null ? "model-seeded" : "model-promoted",
            Subjects = subjects.Where(subject => subject.Id is not null).ToDictionary(subject => subject.Kind, subject => subject.Id!),
            Digests = new Dictionary<string, string> { ["package"] = state.Sha256 },
        });
        await store.WriteJsonOnceAsync(Containers.Models, name, state);
    }
}

/// <summary>A state of a pointer, and since when it was or is one.</summary>
/// <param name="Model">The state.</param>
/// <param name="Since">When it began, UTC.</param>
public sealed record DatedModel(PromotedModel Model, DateTime Since);

/// <summary>A pointer as it was read.</summary>
/// <param name="Model">What it says.</param>
/// <param name="Version">The blob's version.</param>
internal sealed record CurrentModel(PromotedModel Model, ETag Version);
